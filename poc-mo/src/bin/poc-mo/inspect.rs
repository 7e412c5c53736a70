//! `poc-mo inspect`

use std::io::{self, Write};

use clap::Args;
use omacp::push::{ApplicationId, Field, FieldName, Parameter, ParameterName, PushType, Value as WspValue};
use syncml::dm::notification::{Initiator, Notification, SyncList, UiMode, Version};
use wbxml::Tree;

use crate::Failure;
use crate::content::{Carried, Content, is_data_synchronisation};
use crate::failure::Layer;
use crate::input::{Input, Source};
use crate::keys;
use crate::outline::{self, Style};
use crate::sheet::{Format, Line, Sheet, Value};
use crate::sms::{self, Sms};

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Each element on a line of its own, under its own name.
    #[arg(long)]
    raw: bool,
    /// Show passwords, keys and nonces too.
    ///
    /// Without it they are told by their length. The octets around a fault are always shown as they are.
    #[arg(long)]
    show_secrets: bool,
    #[command(flatten)]
    source: Source,
}

const EXAMPLES: &str = "What an input is, its content tells:
  SMS segments in hexadecimal, one user data or SMS-DELIVER a line, in any order; pushes (WSP); documents of Client
  Provisioning; messages, fragments of messages and bootstraps of Device Management; notifications (package #0);
  device descriptions (DDF), serialised trees (TNDS), device information (DevInf); WBXML or XML.

Examples:
  poc-mo inspect poc-push.hex                    a push, with its headers and the document in it
  poc-mo inspect poc-sms.hex                     the same in SMS segments
  poc-mo inspect --raw poc-dm-update.wbxml       element by element
  poc-mo inspect --show-secrets poc-cp.xml
  poc-mo inspect --format json poc-dm.wbxml      lines with their depth, for programs";

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<(), Failure> {
    let mut sheet = Sheet::new(out, arguments.format, arguments.raw);
    let style = Style { is_raw: arguments.raw, shows_secrets: arguments.show_secrets };
    for input in arguments.source.read()? {
        inspect(&input, style, &mut sheet)?;
    }
    Ok(sheet.finish()?)
}

/// A content, and the documents in it as trees.
struct View<'a> {
    content: Content<'a>,
    tree: Option<Tree<'a>>,
    encoding: Option<String>,
}

fn inspect<W: Write>(input: &Input, style: Style, sheet: &mut Sheet<W>) -> Result<(), Failure> {
    // all is read before anything is printed of it
    let views = input.layers().into_iter().map(view).collect::<Result<Vec<_>, _>>()?;
    let whats: Vec<String> = views.iter().map(|view| view.content.what()).collect();
    let Some(sms) = &input.sms else {
        sheet.begin(input.name(), &whats.join(", "))?;
        for view in &views {
            show(view, 0, style, sheet)?;
        }
        return Ok(sheet.end()?);
    };
    let mut what = vec![format!("SMS, {}", counted(sms.segments.len(), "segment"))];
    what.extend(whats);
    what.extend(sms.missing.iter().map(sms::Missing::words));
    sheet.begin(input.name(), &what.join(", "))?;
    segments(sms, sheet)?;
    for view in &views {
        show(view, 0, style, sheet)?;
    }
    Ok(sheet.end()?)
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn view(layer: Layer<'_>) -> Result<View<'_>, Failure> {
    let content = Content::read(layer).map_err(|fault| layer.failure(fault))?;
    let inner = match &content {
        Content::Push(carried) => &carried.content,
        content => content,
    };
    let (mut tree, mut encoding) = (None, None);
    if let Content::Document(document) = inner {
        let fail = |fault| document.layer.failure(fault);
        tree = Some(document.tree().map_err(fail)?);
        encoding = Some(document.encoding().map_err(fail)?);
    }
    Ok(View { content, tree, encoding })
}

/// The information elements that are shown as what they mean: concatenation and ports (3GPP TS 23.040, 9.2.3.24).
const SHOWN_ELEMENTS: [u8; 4] = [0x00, 0x04, 0x05, 0x08];

/// The segments, and what is in those of which others are missing.
fn segments<W: Write>(sms: &Sms, sheet: &mut Sheet<W>) -> io::Result<()> {
    let is_missing = |reference| sms.missing.iter().any(|missing| missing.reference == reference);
    for segment in &sms.segments {
        let mut line = Line::new(0, "segment");
        if let Some((reference, number, total)) = segment.part {
            let name = format!("{number} of {total}");
            line = line.with("", Value::Words(name.into())).text("reference", sms::number(reference).to_string());
        }
        if !segment.originator.is_empty() {
            line = line.text("from", &*segment.originator);
        }
        if let Some(ports) = segment.ports {
            line = line.text("port", ports.destination.0.to_string()).text("source", ports.source.0.to_string());
        }
        for (identifier, octets) in &segment.elements {
            if !SHOWN_ELEMENTS.contains(identifier) {
                line = line.with(format!("element-{identifier:02X}"), Value::Octets(octets.as_slice().into()));
            }
        }
        line = line.with("octets", Value::Text(segment.payload.len().to_string().into()));
        if segment.part.is_some_and(|(reference, ..)| is_missing(reference)) {
            line = line.value(Value::Octets(segment.payload.as_slice().into()));
        }
        sheet.line(&line)?;
    }
    for missing in &sms.missing {
        sheet.line(&Line::new(0, "missing").value(Value::Words(missing.which().into())))?;
    }
    Ok(())
}

fn show<W: Write>(view: &View<'_>, depth: usize, style: Style, sheet: &mut Sheet<W>) -> io::Result<()> {
    match &view.content {
        Content::Push(carried) => {
            headers(carried, depth, sheet)?;
            let depth = depth.saturating_add(1);
            let length = counted(carried.body.octets().len(), "octet");
            let line = Line::new(depth, "body").with("", Value::Words(format!("of {length}").into()));
            sheet.line(&line.value(Value::Words(format!("<{}>", carried.content.what()).into())))?;
            content(
                &carried.content,
                view,
                depth.saturating_add(1),
                style,
                sheet,
                is_data_synchronisation(&carried.push),
            )
        }
        inner => content(inner, view, depth, style, sheet, false),
    }
}

fn content<W: Write>(
    content: &Content<'_>,
    view: &View<'_>,
    depth: usize,
    style: Style,
    sheet: &mut Sheet<W>,
    is_data_synchronisation: bool,
) -> io::Result<()> {
    if let Some(encoding) = &view.encoding {
        sheet.line(&Line::new(depth, "encoding").value(Value::Words(encoding.as_str().into())))?;
    }
    match (content, &view.tree) {
        (Content::Notification(notification), _) => {
            show_notification(notification, is_data_synchronisation, depth, sheet)
        }
        (Content::Octets(octets), _) => sheet.line(&Line::new(depth, "octets").value(Value::of_octets(octets))),
        (_, Some(tree)) => outline::show(tree, depth, style, sheet),
        (_, None) => Ok(()),
    }
}

/// The header fields whose names are known (WAP-230-WSP, table 39).
const FIELDS: [(FieldName<'static>, &str); 3] = [
    (FieldName::APPLICATION_ID, "X-Wap-Application-Id"),
    (FieldName::PUSH_FLAG, "Push-Flag"),
    (FieldName::CONTENT_LENGTH, "Content-Length"),
];

/// The applications that pushes are for (OMNA, push application identifiers).
const APPLICATIONS: [(ApplicationId<'static>, &str); 3] = [
    (ApplicationId::WML_UA, "x-wap-application:wml.ua"),
    (ApplicationId::MMS_UA, "x-wap-application:mms.ua"),
    (ApplicationId::SYNCML_DM, "x-wap-application:syncml.dm"),
];

/// The parameters of a content type whose names are known (WAP-230-WSP, table 38; OMA-WAP-TS-ProvBoot).
const PARAMETERS: [(u32, &str); 3] = [(0x01, "charset"), (0x11, "SEC"), (0x12, "MAC")];

fn headers<W: Write>(carried: &Carried<'_>, depth: usize, sheet: &mut Sheet<W>) -> io::Result<()> {
    let push = &carried.push;
    let name = match push.push_type {
        PushType::Push => "push",
        PushType::Confirmed => "confirmed-push",
    };
    sheet.line(&Line::new(depth, name).text("transaction", push.transaction_id.to_string()))?;
    let depth = depth.saturating_add(1);
    let media_type = push.content_type.media_type.to_string();
    sheet.line(&Line::new(depth, "Content-Type").text("", media_type))?;
    for parameter in push.content_type.parameters() {
        let sec = push.content_type.sec().map(|sec| keys::method(&carried.content, sec));
        sheet.line(&parameter_line(depth.saturating_add(1), parameter, sec))?;
    }
    for field in push.fields.iter() {
        sheet.line(&field_line(depth, &field, push.fields.application_id()))?;
    }
    Ok(())
}

fn parameter_line<'p>(depth: usize, parameter: &Parameter<'p>, sec: Option<String>) -> Line<'p> {
    let known = |number| PARAMETERS.iter().find(|(known, _)| *known == number).map(|(_, name)| *name);
    let name = match parameter.name {
        ParameterName::Name(name) => name.to_owned(),
        ParameterName::Number(number) => {
            known(number).map_or_else(|| format!("parameter-{number:#04x}"), str::to_owned)
        }
    };
    let line = Line::new(depth, name.clone());
    match (name.eq_ignore_ascii_case("SEC"), sec) {
        (true, Some(sec)) => line.text("", sec),
        _ => line.with("", wsp_value(parameter.value)),
    }
}

fn field_line<'f>(depth: usize, field: &Field<'f>, application: Option<ApplicationId<'f>>) -> Line<'f> {
    let known = FIELDS.iter().find(|(known, _)| *known == field.name).map(|(_, name)| *name);
    let name = match (known, field.name) {
        (Some(name), _) => name.to_owned(),
        (None, FieldName::Name(name)) => name.to_owned(),
        (None, FieldName::Number { page, number }) => format!("header-{page}-{number:#04x}"),
    };
    let line = Line::new(depth, name).with("", wsp_value(field.value));
    let application = application.filter(|_| field.name == FieldName::APPLICATION_ID);
    match application.and_then(|id| APPLICATIONS.iter().find(|(known, _)| *known == id)) {
        Some((_, name)) => line.with("", Value::Words(format!("({name})").into())),
        None => line,
    }
}

fn wsp_value(value: WspValue<'_>) -> Value<'_> {
    match (value, value.as_integer()) {
        (WspValue::Text(text), _) => Value::Text(text.into()),
        (_, Some(number)) => Value::Text(number.to_string().into()),
        (WspValue::Short(number), None) => Value::Text(number.to_string().into()),
        (WspValue::Octets(octets), None) => Value::Octets(octets.into()),
    }
}

const UI_MODES: [(UiMode, &str); 4] = [
    (UiMode::NotSpecified, "not specified"),
    (UiMode::Background, "in the background"),
    (UiMode::Informative, "the user is told"),
    (UiMode::UserInteraction, "the user is asked"),
];

const INITIATORS: [(Initiator, &str); 2] = [(Initiator::Client, "client"), (Initiator::Server, "server")];

fn show_notification<W: Write>(
    notification: &Notification<'_>,
    is_data_synchronisation: bool,
    depth: usize,
    sheet: &mut Sheet<W>,
) -> io::Result<()> {
    let trigger = notification.unverified_trigger();
    let digest = notification.digest();
    let words = |words: &'static str| Value::Words(words.into());
    let ui_mode = UI_MODES.iter().find(|(mode, _)| *mode == trigger.ui_mode).map_or("", |(_, words)| words);
    let initiator = INITIATORS.iter().find(|(who, _)| *who == trigger.initiator).map_or("", |(_, words)| words);
    sheet.line(&Line::new(depth, "notification"))?;
    let depth = depth.saturating_add(1);
    sheet.line(&Line::new(depth, "digest").value(Value::Octets(digest.as_slice().into())))?;
    sheet.line(&Line::new(depth, "version").text("", trigger.version.to_string()))?;
    sheet.line(&Line::new(depth, "ui-mode").with("", words(ui_mode)))?;
    sheet.line(&Line::new(depth, "initiator").with("", words(initiator)))?;
    if trigger.future_use.get() != 0 {
        sheet.line(&Line::new(depth, "future-use").text("", format!("{:#x}", trigger.future_use.get())))?;
    }
    sheet.line(&Line::new(depth, "session").text("", trigger.session_id.to_string()))?;
    sheet.line(&Line::new(depth, "server").value(Value::of_octets(trigger.server_id())))?;
    // a bare one does not say: of version 1.2, and with a list and nothing else, it is one of data synchronisation
    let is_list =
        |list: &SyncList<'_>| is_data_synchronisation || trigger.version == Version::V1_2 && list.rest.is_empty();
    match SyncList::parse(trigger.body).ok().filter(is_list) {
        Some(list) => show_syncs(&list, depth, sheet),
        None if trigger.body.is_empty() => Ok(()),
        None => sheet.line(&Line::new(depth, "vendor-data").value(Value::Octets(trigger.body.into()))),
    }
}

fn show_syncs<W: Write>(list: &SyncList<'_>, depth: usize, sheet: &mut Sheet<W>) -> io::Result<()> {
    for entry in list {
        let alert = entry.sync_type.alert_code();
        let kind = Value::Words(format!("{alert} ({})", alert.name().unwrap_or("unknown")).into());
        let mut line = Line::new(depth, "sync").with("alert", kind);
        if entry.content_type.get() != 0 {
            line = line.text("content-type", format!("{:#x}", entry.content_type.get()));
        }
        if entry.future_use.get() != 0 {
            line = line.text("future-use", format!("{:#x}", entry.future_use.get()));
        }
        sheet.line(&line.value(Value::of_octets(entry.server_uri())))?;
    }
    if list.future_use.get() != 0 {
        sheet.line(&Line::new(depth, "future-use").text("", format!("{:#x}", list.future_use.get())))?;
    }
    match list.rest {
        [] => Ok(()),
        rest => sheet.line(&Line::new(depth, "vendor-data").value(Value::Octets(rest.into()))),
    }
}
