//! How the end of an operation is told: a generic alert (Firmware Update Management Object 1.0, use of generic alert;
//! OMA DM Protocol 1.2, 8.7).

use alloc::string::String;

use syncml::{Alert, AlertCode, AlertType, Command, Importance, Item, Items, ItemsIter, Location, Meta, MetaFields};
use wbxml::Text;

use super::component::number;
use super::result_code::ResultCode;
use crate::error::Error;
use crate::room::Room;

/// The end of an operation, as the device tells it: the device's [`Machine`](super::Machine) makes it, the server reads
/// it.
///
/// ```
/// use poc_mo::software::{Report, ResultCode};
/// use syncml::{Command, Importance, MessageReader};
///
/// # #[cfg(feature = "xml")] {
/// let mut message = MessageReader::parse(
///     b"<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr/><SyncBody><Alert><CmdID>2</CmdID><Data>1226</Data>
///         <Correlator>c17</Correlator><Item><Source><LocURI>./FwUpdate/Radio</LocURI></Source>
///           <Meta><Format xmlns='syncml:metinf'>int</Format><Mark xmlns='syncml:metinf'>critical</Mark>
///             <Type xmlns='syncml:metinf'>org.openmobilealliance.dm.firmwareupdate.update</Type></Meta>
///           <Data>410</Data></Item></Alert></SyncBody></SyncML>",
/// )?;
/// let Some(Command::Alert(alert)) = message.next_command()? else { panic!() };
/// let report = Report::read(alert).next().unwrap()?;
/// assert_eq!((report.code, report.importance), (ResultCode::UPDATE_FAILED, Importance::Critical));
/// assert_eq!((report.source.as_deref(), report.correlator.as_deref()), (Some("./FwUpdate/Radio"), Some("c17")));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The node of the software.
    pub source: Option<String>,
    /// The type of the alert, which says what has ended.
    pub alert_type: String,
    /// The result.
    pub code: ResultCode,
    /// What the `Exec` said as its correlator.
    pub correlator: Option<String>,
    /// How important it is.
    pub importance: Importance,
}

impl Report {
    /// The operation on the software at this node has ended with this result. A failure is critical: failures say
    /// something else than informational.
    pub(super) fn new(source: &str, alert_type: &str, code: ResultCode, correlator: Option<String>) -> Self {
        let importance = if code.is_success() { Importance::Informational } else { Importance::Critical };
        Self { source: Some(source.into()), alert_type: alert_type.into(), code, correlator, importance }
    }

    /// The alert, for as long as `use_` needs it: to be written, to be measured.
    ///
    /// ```
    /// use poc_mo::software::{Component, Machine, Operation, Report, ResultCode, fumo};
    /// use syncml::{Command, Item, Location, MessageReader, MessageWriter, Meta, Request, SyncHdr};
    /// use wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};
    ///
    /// let mut machine = Machine::new(Component::new(&fumo::MODEL, "./FwUpdate/Radio")?);
    /// # let mut item = Item::default();
    /// # item.target = Some(Location::new("./FwUpdate/Radio/Download"));
    /// # machine.exec(&Request::of_item("1", item));
    /// let report = machine.finish(fumo::DOWNLOAD_FAILED, ResultCode::NETWORK_ERROR)?;
    ///
    /// let mut octets = Vec::new();
    /// let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &SyncHdr::default())?;
    /// report.with_alert("2", |alert| message.command(alert))?;
    /// message.finish(true)?;
    ///
    /// let mut message = MessageReader::parse(&octets)?;
    /// let Some(Command::Alert(alert)) = message.next_command()? else { panic!() };
    /// assert_eq!(Report::read(alert).next().unwrap()?, report);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_alert<R>(&self, cmd_id: &str, use_: impl FnOnce(&Command<'_>) -> R) -> R {
        let code = alloc::format!("{}", self.code);
        let mark = Some(Text::new(self.importance.mark()));
        let fields = MetaFields { mark, ..MetaFields::default() };
        let mut item = Item::default();
        item.source = self.source.as_deref().map(Location::new);
        item.meta = Meta::of_data("int", &self.alert_type).with_fields(&fields);
        item.data = Some(wbxml::Data::Text(Text::new(&code)));
        let mut alert = Alert::default();
        alert.cmd_id = Some(Text::new(cmd_id));
        alert.code = AlertCode::GENERIC_ALERT.digits().map(Text::new);
        alert.correlator = self.correlator.as_deref().map(Text::new);
        alert.items = Items::one(item);
        use_(&Command::Alert(alert))
    }

    /// What an alert tells: an item of a generic alert that has a type and a number up to 65535 as its data is a report,
    /// whatever it is about. Other items, and other alerts, are passed over.
    ///
    /// A type that is known is told as it is registered, without what may stand in front of it.
    #[must_use]
    pub fn read<'i, 'a>(alert: &'i Alert<'a>) -> Reports<'i, 'a> {
        let is_generic = alert.code() == Some(AlertCode::GENERIC_ALERT);
        Reports { items: is_generic.then(|| alert.items.iter()), correlator: alert.correlator, room: Room::new() }
    }
}

/// What an alert tells, item by item.
///
/// # Errors
/// [`NotText`](crate::ErrorKind::NotText) on a type, an address or a correlator that is none, and
/// [`TooLong`](crate::ErrorKind::TooLong) on more than 16 MiB of such texts, end the iteration, and so does what the
/// message's reader has not reported.
#[derive(Debug)]
pub struct Reports<'i, 'a> {
    items: Option<ItemsIter<'i, 'a>>,
    correlator: Option<Text<'a>>,
    room: Room,
}

impl Iterator for Reports<'_, '_> {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let item = match self.items.as_mut()?.next()? {
                Ok(item) => item,
                Err(error) => return self.end(error.into()),
            };
            let code = item.data_text().as_ref().and_then(number).map(ResultCode::new);
            let (Some(type_), Some(code)) = (item.meta.type_, code) else { continue };
            match self.report(&item, type_, code) {
                Ok(report) => return Some(Ok(report)),
                Err(error) => return self.end(error),
            }
        }
    }
}

impl Reports<'_, '_> {
    fn end(&mut self, error: Error) -> Option<Result<Report, Error>> {
        self.items = None;
        Some(Err(error))
    }

    fn report(&mut self, item: &Item<'_>, type_: Text<'_>, code: ResultCode) -> Result<Report, Error> {
        let type_ = self.room.text(type_, "Type")?;
        let alert_type = match AlertType::find(&Text::new(&type_)) {
            Some(known) => self.room.keep(known.name.into())?,
            None => self.room.keep(type_.trim().into())?,
        };
        let source = item.uri().map(|uri| self.room.string(uri, "LocURI")).transpose()?;
        let correlator = self.correlator.map(|text| self.room.string(text, "Correlator")).transpose()?;
        let mark = item.meta.fields()?.mark;
        let importance = Importance::of(mark.as_ref()).unwrap_or_default();
        Ok(Report { source, alert_type, code, correlator, importance })
    }
}
