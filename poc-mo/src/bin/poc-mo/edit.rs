//! `poc-mo edit`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use omacp::ProvisioningDoc;
use omacp::push::{Sec, rewrite};
use omacp::resign::{self, EditError};
use wbxml::vocabulary::{ALL, prov::PROV_1_0, syncml::SYNCML_1_2};
use wbxml::{Options, Patch, PatchError, Site, SiteKind, is_xml};

use crate::content::{Carried, Content};
use crate::document::{Document, Kind};
use crate::failure::Layer;
use crate::input::{Encoding, Input};
use crate::keys::{Doubt, Keys};
use crate::{Failure, sent};

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What is to have which value; may be given several times.
    #[arg(long = "set", value_name = "PATH=VALUE", required = true, value_parser = assignment)]
    assignments: Vec<(String, String)>,
    #[command(flatten)]
    keys: Keys,
    /// Take a push whose sender is not known too: who signs it, vouches for it.
    #[arg(long)]
    unverified: bool,
    /// Where the result goes; `-`, or nothing, is standard output.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    encoding: Encoding,
    /// The file; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

const EXAMPLES: &str =
    "Values change, and the MAC of a push; every other octet stays as it is. What is changed is WBXML: a document, a
message, or a push of one. SMS segments come out as the push that they carry.

PATH, in a document of Client Provisioning: the types of the characteristics, and the parm's name:
  APPLICATION[3]/T11, PXLOGICAL[2]/PXPHYSICAL/PORT/PORTNBR; numbers count what has the same type or name, from 1.
PATH, in a message: the LocURI of an item, whose Data it is then: ./PoC/Harbour/T11Timer, or ./PoC/Harbour/T11Timer[2]
  for the second item of this LocURI; or the path of an element: SyncHdr/MsgID, SyncBody/Replace[2]/Item/Data.

Of USERPINMAC the MAC is in the PIN: the first half of --pin stays, and the new PIN is said on standard error.

Examples:
  poc-mo edit --set APPLICATION[3]/T11=6000 -o new.wbxml poc-cp.wbxml
  poc-mo edit --set APPLICATION[3]/T11=6000 --set APPLICATION[3]/T10=1000 --pin 1234 -o new.bin poc-push.hex
  poc-mo edit --set ./PoC/Harbour/T11Timer=6000 -o new-update.wbxml poc-dm-update.wbxml";

/// A path and a value: the `=` between them stands in no brackets.
fn assignment(text: &str) -> Result<(String, String), &'static str> {
    let mut depth = 0_u32;
    for (at, character) in text.char_indices() {
        match character {
            '[' => depth = depth.saturating_add(1),
            ']' => depth = depth.saturating_sub(1),
            '=' if depth == 0 => {
                let (path, value) = text.split_at(at);
                return Ok((path.to_owned(), value.strip_prefix('=').unwrap_or(value).to_owned()));
            }
            _ => {}
        }
    }
    Err("a path, `=` and a value")
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<(), Failure> {
    let input = Input::read(&arguments.file, arguments.encoding)?;
    let layers = input.whole_layers()?;
    let &[layer] = layers.as_slice() else {
        return Err(Failure::Input(format!("{}: {} datagrams, and one can be edited", input.name(), layers.len())));
    };
    let content = Content::read(layer).map_err(|fault| layer.failure(fault))?;
    let octets = match &content {
        Content::Document(document) => arguments.document(document)?,
        Content::Push(carried) => match &carried.content {
            Content::Document(document) if document.kind == Kind::Provisioning => arguments.provisioning(carried)?,
            Content::Document(document) if document.kind == Kind::Message => arguments.bootstrap(carried, document)?,
            _ => return Err(layer.refusal(format!("{} has no values that can be edited", content.what_in_short()))),
        },
        _ => return Err(layer.refusal(format!("{} has no values that can be edited", content.what_in_short()))),
    };
    sent::put(&octets, false, arguments.output.as_deref(), out)
}

impl Arguments {
    /// A push of a provisioning document, signed again.
    fn provisioning(&self, carried: &Carried<'_>) -> Result<Vec<u8>, Failure> {
        let layer = carried.layer;
        let sec = self.sec(carried)?;
        let key = self.keys.provisioning(sec).map_err(|doubt| refused(layer, doubt))?;
        let edit = if self.unverified {
            resign::Edit::new_unverified(layer.octets())
        } else {
            resign::Edit::new(layer.octets(), &key)
        };
        let mut edit = edit.map_err(|error| failed(carried, &error))?;
        for (path, value) in &self.assignments {
            edit = edit.set(path, value).map_err(|error| layer.refusal(format!("{path}: {error}")))?;
        }
        if sec != Sec::USERPINMAC {
            return edit.sign(&key).map_err(|error| failed(carried, &error));
        }
        let pin = self.keys.pin.as_deref().unwrap_or_default();
        let random = pin.get(..pin.len() / 2).unwrap_or_default();
        let (octets, pin) = edit.sign_with_pin(random).map_err(|error| failed(carried, &error))?;
        eprintln!("poc-mo: {}: the PIN is {pin} now", layer.name);
        Ok(octets)
    }

    /// A push of a bootstrap message, signed again.
    fn bootstrap(&self, carried: &Carried<'_>, document: &Document<'_>) -> Result<Vec<u8>, Failure> {
        let layer = carried.layer;
        let sec = self.sec(carried)?;
        let keys = self.keys.bootstrap(sec).map_err(|doubt| refused(layer, doubt))?;
        if !self.unverified {
            self.keys.verify(carried).map_err(|doubt| refused(layer, doubt))?;
        }
        let body = self.document(document)?;
        // the first key is the one to sign with
        let mac = keys.first().map(|key| key.sign(&body));
        let mac = mac.as_ref().map(|mac| mac.as_str());
        rewrite(layer.octets(), &body, sec, mac).map_err(|error| layer.failure(error))
    }

    /// How the push is protected, or is to be.
    fn sec(&self, carried: &Carried<'_>) -> Result<Sec, Failure> {
        let by_keys = match (&self.keys.pin, &self.keys.imsi) {
            (Some(_), Some(_)) => Some(Sec::USERNETWPIN),
            (Some(_), None) => Some(Sec::USERPIN),
            (None, Some(_)) => Some(Sec::NETWPIN),
            (None, None) => None,
        };
        let sec = carried.push.content_type.sec().or(by_keys);
        sec.ok_or_else(|| carried.layer.refusal("--pin or --imsi must be given, to sign it with"))
    }

    /// A document, with every octet outside the values as it was.
    fn document(&self, document: &Document<'_>) -> Result<Vec<u8>, Failure> {
        let layer = document.layer;
        let octets = layer.octets();
        if is_xml(octets) {
            return Err(layer.refusal("XML has no octets to keep: it can be edited as the text that it is"));
        }
        let (vocabulary, set): (_, Setter) = match document.kind {
            Kind::Provisioning => (&PROV_1_0, set_parm),
            _ => (&SYNCML_1_2, set_in_message),
        };
        let options = Options::new().vocabularies(&ALL).assume(vocabulary);
        let mut patch = Patch::new(octets, options).map_err(|error| layer.failure(error))?;
        for (path, value) in &self.assignments {
            set(&mut patch, octets, path, value).map_err(|why| layer.refusal(format!("{path}: {why}")))?;
        }
        patch.finish().map_err(|error| layer.refusal(error))
    }
}

fn refused(layer: Layer<'_>, doubt: Doubt) -> Failure {
    match doubt {
        Doubt::NotVerified(why) | Doubt::Missing(why) => layer.refusal(why),
    }
}

fn failed(carried: &Carried<'_>, error: &EditError) -> Failure {
    match error {
        EditError::Push(error) => carried.layer.failure(*error),
        EditError::Document(error) if !matches!(error.kind(), omacp::ErrorKind::Verify(_)) => {
            carried.body.failure(*error)
        }
        EditError::Document(error) => carried.layer.refusal(error.kind()),
        error => carried.layer.refusal(error),
    }
}

/// Gives what a path leads to a value.
type Setter = fn(&mut Patch<'_>, &[u8], &str, &str) -> Result<(), String>;

fn set_parm(patch: &mut Patch<'_>, document: &[u8], path: &str, value: &str) -> Result<(), String> {
    let document = ProvisioningDoc::parse(document).map_err(|error| error.to_string())?;
    let site = document.parm_at(path).and_then(|parm| patch.at(parm.offset));
    let site = site.ok_or_else(|| EditError::NotFound.to_string())?;
    patch.set_attribute(site, "value", value).map_err(|error| error.to_string())
}

fn set_in_message(patch: &mut Patch<'_>, _: &[u8], path: &str, value: &str) -> Result<(), String> {
    let site = match data_of_item(patch, path)? {
        Some(site) => site,
        None => {
            let site = patch.find(path).map_err(|error| format!("no LocURI of an item, and no path: {error}"))?;
            site.ok_or("neither an item of this LocURI nor an element at this path")?
        }
    };
    let has_elements =
        patch.sites().any(|inner| inner.kind() == SiteKind::Element && patch.parent(inner) == Some(site));
    if has_elements {
        return Err(String::from("elements stand there, no value"));
    }
    let octets = patch.sites().find(|inner| patch.parent(*inner) == Some(site)).and_then(|text| patch.opaque(text));
    let set: Result<(), PatchError> = match octets {
        Some(_) => patch.set_opaque(site, value.as_bytes()),
        None => patch.set_text(site, value),
    };
    set.map_err(|error| error.to_string())
}

/// The `Data` of the item that has this LocURI: `URI[2]` is the second such item.
fn data_of_item(patch: &Patch<'_>, path: &str) -> Result<Option<Site>, String> {
    let numbered = path.strip_suffix(']').and_then(|path| path.rsplit_once('['));
    let numbered = numbered.and_then(|(uri, number)| Some((uri, number.parse::<usize>().ok()?.checked_sub(1)?)));
    let (uri, index) = numbered.unwrap_or((path, 0));
    let is_named = |site: Site, name: &str| patch.name(site).is_some_and(|known| known == name);
    let item_of = |text: Site| {
        let location = patch.parent(text).filter(|site| is_named(*site, "LocURI"))?;
        let end = patch.parent(location).filter(|site| is_named(*site, "Target") || is_named(*site, "Source"))?;
        patch.parent(end).filter(|site| is_named(*site, "Item"))
    };
    let is_uri = |site: &Site| site.kind() == SiteKind::Text && patch.text(*site).is_some_and(|text| text == *uri);
    let Some(item) = patch.sites().filter(is_uri).filter_map(item_of).nth(index) else { return Ok(None) };
    let data = patch.sites().find(|site| is_named(*site, "Data") && patch.parent(*site) == Some(item));
    data.map(Some).ok_or_else(|| String::from("the item has no Data"))
}
