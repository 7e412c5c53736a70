//! The content type of a push, with the parameters that protect what it carries (WAP-230-WSP, 8.4.2.24; parameter
//! numbers of table 38; OMA-WAP-TS-ProvBoot for `SEC` and `MAC`).

use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use wbxml::Charset;

use super::error::{ErrorKind, Result};
use super::media_type::MediaType;
use super::wsp::{Octets, Value, put_integer, put_text, put_value_length};

/// How a bootstrap message is protected: the value of `SEC` (OMA-WAP-TS-ProvBoot).
///
/// Which key that means depends on what is carried: the rules of Client Provisioning and of Device Management differ.
///
/// ```
/// use omacp::push::Sec;
///
/// assert_eq!(Sec::USERPIN.value(), 1);
/// assert_eq!(Sec::USERPIN.to_string(), "USERPIN");
/// assert_eq!(Sec::new(9).to_string(), "SEC 9");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sec(u8);

impl Sec {
    /// 0: a secret of the network, in GSM the IMSI.
    pub const NETWPIN: Self = Self(0);
    /// 1: a PIN that the user types.
    pub const USERPIN: Self = Self(1);
    /// 2: both.
    pub const USERNETWPIN: Self = Self(2);
    /// 3: a PIN that the user types and that holds the MAC.
    pub const USERPINMAC: Self = Self(3);

    /// The names, by value.
    const NAMES: [&'static str; 4] = ["NETWPIN", "USERPIN", "USERNETWPIN", "USERPINMAC"];

    /// The method with this number.
    #[must_use]
    pub const fn new(value: u8) -> Self {
        Self(value)
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> u8 {
        self.0
    }

    /// The method with this name or number, as the HTTP form of the content type has it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let known = Self::NAMES.iter().zip(0_u8..).find(|(known, _)| known.eq_ignore_ascii_case(name));
        match known {
            Some((_, value)) => Some(Self(value)),
            None => name.parse().ok().map(Self),
        }
    }
}

impl fmt::Display for Sec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Self::NAMES.get(usize::from(self.0)) {
            Some(name) => f.write_str(name),
            None => write!(f, "SEC {}", self.0),
        }
    }
}

/// A content type: a media type, and what is said about the content beside it.
///
/// ```
/// use omacp::push::{ContentType, MediaType, Sec};
///
/// // the general form: 45 octets, 0x36, SEC=1, MAC
/// let octets = b"\x1F\x2D\xB6\x91\x81\x926CD48BFD7FFC33183154734DF4434DA694E25E6A\0";
/// let content_type = ContentType::parse(octets)?;
/// assert_eq!(content_type.media_type, MediaType::CONNECTIVITY_WBXML);
/// assert_eq!(content_type.sec(), Some(Sec::USERPIN));
/// assert_eq!(content_type.mac(), Some("6CD48BFD7FFC33183154734DF4434DA694E25E6A"));
/// # Ok::<(), omacp::push::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContentType<'a> {
    /// What the content is.
    pub media_type: MediaType<'a>,
    parameters: Vec<Parameter<'a>>,
}

/// A parameter of a content type.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parameter<'a> {
    /// The name.
    pub name: ParameterName<'a>,
    /// The value.
    pub value: Value<'a>,
    /// The octets of the value, among those that were read; none if it was built.
    pub span: Range<usize>,
}

impl PartialEq for Parameter<'_> {
    /// Compares name and value, not where they stand.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}

impl Eq for Parameter<'_> {}

/// The name of a parameter: a number of table 38, or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these two forms")]
pub enum ParameterName<'a> {
    /// A registered number.
    Number(u32),
    /// A name.
    Name(&'a str),
}

/// The parameters that are read here: number, name.
type Known = (u32, &'static str);
const CHARSET: Known = (0x01, "charset");
const SEC: Known = (0x11, "SEC");
const MAC: Known = (0x12, "MAC");
const KNOWN: [Known; 3] = [CHARSET, SEC, MAC];

impl<'a> ParameterName<'a> {
    /// The name, if it is known.
    pub(super) fn text(&self) -> Option<&'a str> {
        match *self {
            Self::Name(name) => Some(name),
            Self::Number(number) => KNOWN.iter().find(|(known, _)| *known == number).map(|(_, name)| *name),
        }
    }

    fn is(&self, (number, name): Known) -> bool {
        match *self {
            Self::Number(this) => this == number,
            Self::Name(this) => this.eq_ignore_ascii_case(name),
        }
    }

    /// Whether both name one parameter, in either form.
    fn is_same(&self, other: &Self) -> bool {
        self == other || KNOWN.iter().any(|&known| self.is(known) && other.is(known))
    }
}

impl<'a> ContentType<'a> {
    /// This media type, without parameters.
    #[must_use]
    pub const fn new(media_type: MediaType<'a>) -> Self {
        Self { media_type, parameters: Vec::new() }
    }

    /// Reads a content type that takes all of `octets`, in either form.
    ///
    /// # Errors
    /// [`Error`](super::Error) where a length or a text runs over its field, [`ErrorKind::MediaType`] where none is named,
    /// [`ErrorKind::RepeatedParameter`] and [`ErrorKind::ParameterValue`] for `SEC`, `MAC` and the charset.
    pub fn parse(octets: &'a [u8]) -> Result<Self> {
        let mut octets = Octets::new(octets, 0);
        let content_type = Self::read(&mut octets)?;
        if octets.is_empty() { Ok(content_type) } else { Err(ErrorKind::ValueLength.at(octets.offset())) }
    }

    /// Reads the content type in front of the other headers.
    pub(super) fn read(octets: &mut Octets<'a>) -> Result<Self> {
        // the general form has a value-length in front, the constrained form is the media type alone
        let mut field = match octets.peek()? {
            0x00..=0x1F => octets.field()?,
            _ => {
                let mut rest = *octets;
                octets.value()?;
                rest.take(octets.offset().saturating_sub(rest.offset()))?
            }
        };
        let at = field.offset();
        let media_type = match if field.is_empty() { None } else { Some(field.value()?) } {
            Some(Value::Text(name)) if !name.is_empty() => MediaType::Name(name),
            value => MediaType::Number(value.and_then(|value| value.as_integer()).ok_or(ErrorKind::MediaType.at(at))?),
        };
        let mut content_type = Self::new(media_type);
        while !field.is_empty() {
            let at = field.offset();
            content_type.push(Parameter::read(&mut field)?, at)?;
        }
        Ok(content_type)
    }

    /// Takes a parameter that was read at `at`.
    pub(super) fn push(&mut self, parameter: Parameter<'a>, at: usize) -> Result<()> {
        if KNOWN.iter().any(|&known| parameter.name.is(known) && self.find(known).is_some()) {
            return Err(ErrorKind::RepeatedParameter.at(at));
        }
        parameter.check().map_err(|kind| kind.at(at))?;
        self.parameters.push(parameter);
        Ok(())
    }

    /// How the content is protected, if it says so.
    #[must_use]
    pub fn sec(&self) -> Option<Sec> {
        self.find(SEC)?.sec()
    }

    /// The MAC: 40 hexadecimal digits, if it is right.
    #[must_use]
    pub fn mac(&self) -> Option<&'a str> {
        self.find(MAC)?.value.as_text()
    }

    /// The charset of the content, where the content itself does not say.
    #[must_use]
    pub fn charset(&self) -> Option<Charset> {
        self.find(CHARSET)?.charset()
    }

    /// All parameters, in order.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter<'a>] {
        &self.parameters
    }

    /// The same with this protection.
    #[must_use]
    pub fn with_sec(self, sec: Sec) -> Self {
        self.with(SEC, Value::Short(sec.value()))
    }

    /// The same with this MAC.
    #[must_use]
    pub fn with_mac(self, mac: &'a str) -> Self {
        self.with(MAC, Value::Text(mac))
    }

    /// The same with another parameter behind the others, or in the place of one of its name.
    ///
    /// A name that is known by a number too, such as `SEC`, takes the place of either; how the first one was spelled
    /// stays.
    #[must_use]
    pub fn with_parameter(mut self, name: ParameterName<'a>, value: Value<'a>) -> Self {
        match self.parameters.iter_mut().find(|parameter| parameter.name.is_same(&name)) {
            Some(place) => *place = Parameter { name: place.name, value, span: 0..0 },
            None => self.parameters.push(Parameter { name, value, span: 0..0 }),
        }
        self
    }

    fn with(self, (number, _): Known, value: Value<'a>) -> Self {
        self.with_parameter(ParameterName::Number(number), value)
    }

    fn find(&self, known: Known) -> Option<&Parameter<'a>> {
        self.parameters.iter().find(|parameter| parameter.name.is(known))
    }

    /// The octets of the MAC's value, among those that were read.
    pub(super) fn mac_span(&self) -> Option<Range<usize>> {
        self.find(MAC).map(|parameter| parameter.span.clone())
    }

    /// Writes the content type, in the constrained form where it has no parameter.
    ///
    /// # Errors
    /// [`ErrorKind::NotText`] for a text with a NUL, [`ErrorKind::ParameterValue`] for a short integer above 127 and for
    /// what `SEC`, `MAC` or the charset cannot be, [`ErrorKind::TooLong`] for octets above 2³²−1.
    pub fn write(&self, out: &mut Vec<u8>) -> Result<()> {
        let mut field = Vec::new();
        self.media_type.write(&mut field)?;
        if !self.parameters.is_empty() {
            for parameter in &self.parameters {
                parameter.write(&mut field)?;
            }
            put_value_length(out, field.len())?;
        } else if matches!(self.media_type.number(), Some(0x80..)) {
            // a long integer has no constrained form
            put_value_length(out, field.len())?;
        }
        out.extend_from_slice(&field);
        Ok(())
    }
}

impl<'a> Parameter<'a> {
    fn read(octets: &mut Octets<'a>) -> Result<Self> {
        let at = octets.offset();
        let name = match octets.value()? {
            Value::Text(name) => ParameterName::Name(name),
            number => ParameterName::Number(number.as_integer().ok_or(ErrorKind::LongInteger.at(at))?),
        };
        let start = octets.offset();
        let value = octets.value()?;
        Ok(Self { name, value, span: start..octets.offset() })
    }

    /// Checks that the parameter, if it is one that is read here, has a value that it can have.
    pub(super) fn check(&self) -> core::result::Result<(), ErrorKind> {
        let is_possible = (!self.name.is(SEC) || self.sec().is_some())
            && (!self.name.is(MAC) || self.value.as_text().is_some())
            && (!self.name.is(CHARSET) || self.charset().is_some() || self.value.as_text().is_some());
        if is_possible { Ok(()) } else { Err(ErrorKind::ParameterValue) }
    }

    fn sec(&self) -> Option<Sec> {
        match self.value {
            Value::Text(name) => Sec::from_name(name),
            number => u8::try_from(number.as_integer()?).ok().map(Sec::new),
        }
    }

    /// A text where HTTP names the charset: what it is called is kept, not looked up.
    fn charset(&self) -> Option<Charset> {
        u16::try_from(self.value.as_integer()?).ok().map(Charset::new)
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<()> {
        self.check().map_err(|kind| kind.at(0))?;
        match self.name {
            ParameterName::Number(number) => put_integer(out, number),
            ParameterName::Name(name) => put_text(out, name)?,
        }
        self.value.write(out)
    }
}
