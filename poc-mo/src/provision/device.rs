//! What a server knows of a device.

use syncml::{Location, SyncHdr};
use wbxml::vocabulary::syncml::{SYNCML_1_1, SYNCML_1_2};
use wbxml::{Text, Vocabulary};

use crate::convert::{Options, Places, ServiceNames};
use crate::profile::Profile;

/// The device that it is for, and the server that it is from.
///
/// ```
/// use poc_mo::convert::Places;
/// use poc_mo::provision::Device;
///
/// // a phone that keeps its PoC accounts elsewhere, and takes messages of 4 kB
/// let places = Places { poc: "./Oma/PoC", ..Places::DM_1_2 };
/// let device = Device::dm_1_2("IMEI:490154203237518", "https://dm.harbour.example").at(places).max_msg_size(4096);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Device<'d> {
    pub(super) uri: &'d str,
    pub(super) server: &'d str,
    /// How companions are converted, and where all objects are.
    pub(super) options: Options<'d>,
    pub(super) object_id: Option<&'d str>,
    pub(super) node: Option<&'d str>,
    pub(super) max_msg_size: usize,
}

impl<'d> Device<'d> {
    /// A device of DM 1.2: its identifier, and the server's address. Nodes are at [`Places::DM_1_2`].
    #[must_use]
    pub const fn dm_1_2(uri: &'d str, server: &'d str) -> Self {
        Self { uri, server, options: Options::dm_1_2(), object_id: None, node: None, max_msg_size: usize::MAX }
    }

    /// A device of DM 1.1.2. Nodes are at [`Places::DM_1_1_2`].
    #[must_use]
    pub const fn dm_1_1_2(uri: &'d str, server: &'d str) -> Self {
        Self { options: Options::dm_1_1_2(), ..Self::dm_1_2(uri, server) }
    }

    /// The same with nodes at other places.
    #[must_use]
    pub const fn at(self, places: Places<'d>) -> Self {
        Self { options: self.options.at(places), ..self }
    }

    /// The same with names of nodes up to so many octets, 12 or more: [`Options::name_octets`].
    #[must_use]
    pub const fn name_octets(self, name_octets: usize) -> Self {
        Self { options: self.options.name_octets(name_octets), ..self }
    }

    /// The same with other names in PoC accounts.
    #[must_use]
    pub const fn profile(self, profile: Profile<'d>) -> Self {
        Self { options: self.options.profile(profile), ..self }
    }

    /// The same with other names in the objects of group management and of presence.
    #[must_use]
    pub const fn service_names(self, names: &'d ServiceNames) -> Self {
        Self { options: self.options.service_names(names), ..self }
    }

    /// The same with this object identifier of PoC accounts. If it is not given, it is the one that stands in the
    /// profile where the account's application stands, else the first.
    #[must_use]
    pub const fn object_id(self, object_id: &'d str) -> Self {
        Self { object_id: Some(object_id), ..self }
    }

    /// The same with this address of the first PoC account's node. All others are called after their provider, below
    /// [`Places::poc`].
    #[must_use]
    pub const fn node(self, node: &'d str) -> Self {
        Self { node: Some(node), ..self }
    }

    /// The same with messages of at most so many octets, as the device has said in `MaxMsgSize`.
    #[must_use]
    pub const fn max_msg_size(self, max_msg_size: usize) -> Self {
        Self { max_msg_size, ..self }
    }

    /// The names in PoC accounts.
    #[must_use]
    pub const fn names(&self) -> &Profile<'d> {
        &self.options.profile
    }

    pub(super) const fn vocabulary(&self) -> &'static Vocabulary<'static> {
        if self.options.is_1_1_2 { &SYNCML_1_1 } else { &SYNCML_1_2 }
    }

    /// The header of a first message.
    pub(super) fn header(&self) -> SyncHdr<'d> {
        let mut header = SyncHdr::dm_1_2("1", "1", Location::new(self.uri), Location::new(self.server));
        if self.options.is_1_1_2 {
            (header.ver_dtd, header.ver_proto) = (Some(Text::new("1.1")), Some(Text::new("DM/1.1")));
        }
        header
    }
}
