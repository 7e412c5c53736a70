//! How a device asks for an update: a generic alert (Firmware Update Management Object 1.0, client-initiated update; OMNA,
//! DM alert types).

use alloc::string::String;
use alloc::vec::Vec;

use syncml::{Alert, AlertCode, AlertType, Command, Importance, Item, Items, Location, Meta, MetaFields};
use wbxml::{Data, Text};

use crate::error::Error;
use crate::room::Room;

/// A wish for an update of the firmware, as the device sends it in a session that it has begun: the server answers with
/// an [`Order`](super::Order), or does nothing. Of software components no such alert is registered.
///
/// ```
/// use poc_mo::software::{Asker, UpdateRequest};
/// use syncml::{Command, MessageReader, MessageWriter, SyncHdr};
/// use wbxml::{Writer, vocabulary::syncml::SYNCML_1_2};
///
/// // the device
/// let request = UpdateRequest::new(Asker::User, "./FwUpdate/Radio");
/// let mut octets = Vec::new();
/// let mut message = MessageWriter::new(Writer::new(&mut octets, &SYNCML_1_2)?, &SyncHdr::default())?;
/// request.with_alert("2", |alert| message.command(alert))?;
/// message.finish(true)?;
///
/// // the server
/// let mut message = MessageReader::parse(&octets)?;
/// let Some(Command::Alert(alert)) = message.next_command()? else { panic!() };
/// assert_eq!(UpdateRequest::read(alert)?, [request]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UpdateRequest {
    /// Who asks.
    pub asker: Asker,
    /// The node of the software.
    pub source: Option<String>,
    /// What the device says beside: its format is not known.
    pub data: Option<String>,
    /// How important it is.
    pub importance: Importance,
}

/// Who asks for an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the register has these two")]
pub enum Asker {
    /// The device itself (`devicerequest`).
    Device,
    /// Its user (`userrequest`).
    User,
}

impl Asker {
    const ALL: [Self; 2] = [Self::Device, Self::User];

    /// The type of the alert.
    #[must_use]
    pub const fn alert_type(self) -> AlertType {
        match self {
            Self::Device => AlertType::FIRMWARE_DEVICE_REQUEST,
            Self::User => AlertType::FIRMWARE_USER_REQUEST,
        }
    }
}

impl UpdateRequest {
    /// A wish for an update of the firmware at this node, which is informational.
    #[must_use]
    pub fn new(asker: Asker, source: &str) -> Self {
        Self { asker, source: Some(source.into()), data: None, importance: Importance::Informational }
    }

    /// The alert, for as long as `use_` needs it: to be written, to be measured.
    pub fn with_alert<R>(&self, cmd_id: &str, use_: impl FnOnce(&Command<'_>) -> R) -> R {
        let fields = MetaFields { mark: Some(Text::new(self.importance.mark())), ..MetaFields::default() };
        let mut item = Item::default();
        item.source = self.source.as_deref().map(Location::new);
        item.meta = Meta::of_data("chr", self.asker.alert_type().name).with_fields(&fields);
        item.data = Some(Data::Text(Text::new(self.data.as_deref().unwrap_or_default())));
        let mut alert = Alert::default();
        alert.cmd_id = Some(Text::new(cmd_id));
        alert.code = AlertCode::GENERIC_ALERT.digits().map(Text::new);
        alert.items = Items::one(item);
        use_(&Command::Alert(alert))
    }

    /// What an alert asks for: nothing, if it is another one. Data that is empty, or no text, is none.
    ///
    /// # Errors
    /// [`NotText`](crate::ErrorKind::NotText) on a type or an address that is none, and
    /// [`TooLong`](crate::ErrorKind::TooLong) on more than 16 MiB of texts.
    pub fn read(alert: &Alert<'_>) -> Result<Vec<Self>, Error> {
        let mut room = Room::new();
        let mut requests = Vec::new();
        if alert.code() != Some(AlertCode::GENERIC_ALERT) {
            return Ok(requests);
        }
        for item in alert.items.iter() {
            let item = item?;
            let Some(type_) = item.meta.type_ else { continue };
            let found = AlertType::find(&Text::new(&room.text(type_, "Type")?)).map(|found| found.name);
            let asker = Asker::ALL.into_iter().find(|asker| Some(asker.alert_type().name) == found);
            let Some(asker) = asker else { continue };
            let source = item.uri().map(|uri| room.string(uri, "LocURI")).transpose()?;
            let data = item.data_text().filter(|text| !text.is_empty());
            let data = data.map(|text| room.string(text, "Data")).transpose()?;
            let importance = Importance::of(item.meta.fields()?.mark.as_ref()).unwrap_or_default();
            requests.push(Self { asker, source, data, importance });
        }
        Ok(requests)
    }
}
