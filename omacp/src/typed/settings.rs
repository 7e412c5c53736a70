//! A whole document as types.

#[cfg(feature = "xml")]
use alloc::string::String;
use alloc::vec::Vec;

use wbxml::vocabulary::prov::{PROV_1_0, tag};
use wbxml::{Emit, Encode, Encoder, Start, Strings, Text, WriteError};

use super::characteristics::{Access, Application, Bootstrap, ClientIdentity, NapDef, PxLogical, VendorConfig};
use super::rest::Subtree;
use super::schema::Schema;
use crate::document::ProvisioningDoc;

/// What a provisioning document says, as types: each list in the order of the document, which is the order of priority.
///
/// ```
/// use omacp::ProvisioningDoc;
/// use omacp::typed::{Application, NapDef, PxLogical, Settings};
/// use omacp::validate::Strictness;
///
/// let settings = Settings::new()
///     .with_proxy(PxLogical::new("PX1", "Operator", "10.0.0.1", 8080, "NAP1"))
///     .with_access_point(NapDef::gprs("NAP1", "Operator", "internet"))
///     .with_application(Application::browsing("Operator", "http://wap.example.com").through_proxy("PX1"));
/// let octets = settings.to_wbxml()?;
///
/// let document = ProvisioningDoc::parse(&octets)?;
/// assert_eq!(document.validate(Strictness::Strict), []);
/// assert_eq!(Settings::read(&document), settings);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings<'a> {
    /// `version` of the root element.
    pub version: Option<Text<'a>>,
    /// Logical proxies.
    pub px_logicals: Vec<PxLogical<'a>>,
    /// Network access points.
    pub nap_defs: Vec<NapDef<'a>>,
    /// Who may provision from now on.
    pub bootstraps: Vec<Bootstrap<'a>>,
    /// What the phone is called.
    pub client_identities: Vec<ClientIdentity<'a>>,
    /// Vendors' own.
    pub vendor_configs: Vec<VendorConfig<'a>>,
    /// Accounts of applications.
    pub applications: Vec<Application<'a>>,
    /// Which access points and proxies are for what.
    pub accesses: Vec<Access<'a>>,
    /// Characteristics of other types.
    pub rest: Vec<Subtree<'a>>,
}

/// The characteristics that may stand at the top of a document, and through them all others.
pub const SCHEMA: &[&Schema] = &[
    &PxLogical::SCHEMA,
    &NapDef::SCHEMA,
    &Bootstrap::SCHEMA,
    &ClientIdentity::SCHEMA,
    &VendorConfig::SCHEMA,
    &Application::SCHEMA,
    &Access::SCHEMA,
];

/// Reads the characteristics of each type into their list.
macro_rules! lists {
    ($($list:ident: $type:ident),*) => {
        impl<'a> Settings<'a> {
            /// Reads a document, which borrows its texts from the octets that it was read from.
            #[must_use]
            pub fn read(document: &ProvisioningDoc<'a>) -> Self {
                let mut settings = Self { version: document.version(), ..Self::default() };
                for characteristic in document.characteristics() {
                    $(
                        if characteristic.type_() == *$type::TYPE {
                            settings.$list.push($type::read(&characteristic));
                            continue;
                        }
                    )*
                    settings.rest.push(Subtree::of(&characteristic));
                }
                settings
            }
        }

        impl Encode for Settings<'_> {
            /// Writes the document, for an `out` of the vocabulary [`PROV_1_0`].
            fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
                let start = Start::new(tag::WAP_PROVISIONINGDOC);
                match self.version {
                    Some(version) => {
                        out.start(start.with_attributes())?;
                        out.attribute("version", &version.to_cow()?)?;
                        out.attributes_end()?;
                    }
                    None => out.start(start)?,
                }
                $( self.$list.iter().try_for_each(|characteristic| characteristic.encode(out))?; )*
                self.rest.iter().try_for_each(|subtree| subtree.encode(out))?;
                out.end()
            }
        }
    };
}

lists!(
    bootstraps: Bootstrap,
    client_identities: ClientIdentity,
    px_logicals: PxLogical,
    nap_defs: NapDef,
    vendor_configs: VendorConfig,
    applications: Application,
    accesses: Access
);

impl Settings<'_> {
    /// The document in WBXML.
    ///
    /// # Errors
    /// [`WriteError`], if something in it cannot be written.
    pub fn to_wbxml(&self) -> Result<Vec<u8>, WriteError> {
        Encoder::new(&PROV_1_0).strings(Strings::Never).encode(self)
    }

    /// The document in XML, with XML declaration and `DOCTYPE`.
    ///
    /// # Errors
    /// [`WriteError`], if XML cannot hold something in it.
    #[cfg(feature = "xml")]
    #[cfg_attr(docsrs, doc(cfg(feature = "xml")))]
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mut octets = Vec::new();
        self.encode(&mut wbxml::xml::Writer::document(&mut octets, &PROV_1_0))?;
        String::from_utf8(octets).map_err(|_| WriteError::Text(wbxml::TextFault::Invalid))
    }
}
