//! The formats of values (SyncML Meta-Information, `Format`; OMA DM Tree and Description, `Format`).

use core::fmt;

use super::fault::{Fault, trimmed};
use super::node_kind::NodeKind;
use super::time::{Date, Time};

/// What a value is. A format without a constant is kept as it is.
///
/// ```
/// use syncml::dm::{Format, Value};
///
/// assert_eq!(Format::INT.value(Some(b"-12")), Ok(Value::Int(-12)));
/// assert!(Format::INT.value(Some(b"+12")).is_err());
/// assert_eq!(Format::default(), Format::CHR);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Format<'a>(&'a str);

macro_rules! formats {
    ($( $(#[$doc:meta])* $format:ident = $name:literal, $ver_dtd:literal; )*) => {
        impl Format<'_> {
            $( $(#[$doc])* pub const $format: Format<'static> = Format($name); )*

            /// The formats of the specification, in the order of their names.
            pub const ALL: &'static [Format<'static>] = &[$( Format::$format ),*];

            /// The first `VerDTD` that has it; `None` for a format that the specification does not have.
            #[must_use]
            pub fn ver_dtd(&self) -> Option<&'static str> {
                match self.0 {
                    $( $name => Some($ver_dtd), )*
                    _ => None,
                }
            }
        }
    };
}

// the name, and the first VerDTD of device management that has it
formats! {
    /// `b64`: octets in base64, or a value that is base64 itself.
    B64 = "b64", "1.1";
    /// `bin`: octets, which only WBXML can carry as they are.
    BIN = "bin", "1.1";
    /// `bool`: `true` or `false`.
    BOOL = "bool", "1.1";
    /// `chr`: text.
    CHR = "chr", "1.1";
    /// `date`: a day, `CCYYMMDD` or `CCYY-MM-DD`.
    DATE = "date", "1.2";
    /// `float`: a number of single precision (XML Schema, `float`).
    FLOAT = "float", "1.2";
    /// `int`: a whole number from −2³¹ to 2³¹−1.
    INT = "int", "1.1";
    /// `node`: an interior node.
    NODE = "node", "1.1";
    /// `null`: no value.
    NULL = "null", "1.1";
    /// `time`: a time of the day (ISO 8601).
    TIME = "time", "1.2";
    /// `xml`: an XML document.
    XML = "xml", "1.1";
}

impl<'a> Format<'a> {
    /// The format of this name, case-sensitive. White space around it is no part of it.
    #[must_use]
    pub fn new(name: &'a str) -> Self {
        Self(name.trim_ascii())
    }

    /// The name.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// Whether it is one of the specification; the answer to another is status 415, Unsupported media type or format.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.ver_dtd().is_some()
    }

    /// What kind of node has it.
    #[must_use]
    pub fn node_kind(&self) -> NodeKind {
        if *self == Format::NODE { NodeKind::Interior } else { NodeKind::Leaf }
    }

    /// Reads the value of `Data`, `None` where that is absent. White space around numbers, truth values, dates, times
    /// and base64 is no part of them. Whether `xml` is well-formed is checked with the feature `xml`, within
    /// [`wbxml::Limits::DEFAULT`]; nobody can check a format that the specification does not have.
    ///
    /// # Errors
    /// [`ValueErrorKind::Absent`] where there must be data, [`ValueErrorKind::NotEmpty`] where there must be none,
    /// [`ValueErrorKind::NotText`] where it is not UTF-8, and [`ValueErrorKind::Malformed`] where it is no value of
    /// this format.
    pub fn value<'d>(&self, data: Option<&'d [u8]>) -> Result<Value<'d>, ValueError> {
        let Some(octets) = data else {
            return match *self {
                Format::NODE => Ok(Value::Node(None)),
                Format::NULL => Ok(Value::Null),
                _ => Err(Fault::new(ValueErrorKind::Absent, 0)),
            };
        };
        if *self == Format::BIN {
            return Ok(Value::Bin(octets));
        }
        if !self.is_known() {
            return Ok(Value::Unknown(octets));
        }
        let text = core::str::from_utf8(octets).map_err(|e| Fault::new(ValueErrorKind::NotText, e.valid_up_to()))?;
        let (inner, start) = trimmed(text);
        let malformed = Fault::new(ValueErrorKind::Malformed, start);
        match *self {
            Format::NULL if inner.is_empty() => Ok(Value::Null),
            Format::NULL => Err(Fault::new(ValueErrorKind::NotEmpty, start)),
            Format::NODE => Ok(Value::Node(Some(inner))),
            Format::BOOL => bool(inner).map(Value::Bool).ok_or(malformed),
            Format::INT => int(inner).map(Value::Int).ok_or(malformed),
            Format::FLOAT => float(inner).map(Value::Float).ok_or(malformed),
            Format::DATE => Date::parse(inner).map(Value::Date).ok_or(malformed),
            Format::TIME => Time::parse(inner).map(Value::Time).ok_or(malformed),
            Format::B64 => match base64_fault(text) {
                None => Ok(Value::B64(inner)),
                Some(at) => Err(Fault::new(ValueErrorKind::Malformed, at)),
            },
            Format::XML => xml(octets).map(|()| Value::Xml(text)),
            _ => Ok(Value::Chr(text)),
        }
    }
}

impl Default for Format<'_> {
    /// `chr`, which data has that does not say.
    fn default() -> Self {
        Format::CHR
    }
}

impl fmt::Display for Format<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What is wrong with a value, and where.
pub type ValueError = Fault<ValueErrorKind>;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueErrorKind {
    /// A leaf has data unless its format is `null`.
    #[error("there is no data")]
    Absent,
    /// `null` has no data.
    #[error("there is data where there should be none")]
    NotEmpty,
    /// The octets are not UTF-8.
    #[error("the data is no text")]
    NotText,
    /// It is no value of the format.
    #[error("the data is no value of its format")]
    Malformed,
}

/// A value, by its format.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Base64, with the line breaks in it.
    B64(&'a str),
    /// Octets.
    Bin(&'a [u8]),
    /// A truth value. `1` and `0` count as such too.
    Bool(bool),
    /// A text.
    Chr(&'a str),
    /// A day.
    Date(Date),
    /// A number of single precision.
    Float(f32),
    /// A whole number.
    Int(i32),
    /// An interior node: the escaped names of the nodes below, with `/` between them, where it was asked for them.
    Node(Option<&'a str>),
    /// No value.
    Null,
    /// A time of the day.
    Time(Time),
    /// An XML document.
    Xml(&'a str),
    /// What has a format that the specification does not have.
    Unknown(&'a [u8]),
}

impl fmt::Display for Value<'_> {
    /// Writes the text that the value has in `Data`; octets that are no text as U+FFFD.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::B64(text) | Self::Chr(text) | Self::Xml(text) | Self::Node(Some(text)) => f.write_str(text),
            Self::Bin(octets) | Self::Unknown(octets) => {
                for chunk in octets.utf8_chunks() {
                    f.write_str(chunk.valid())?;
                    if !chunk.invalid().is_empty() {
                        f.write_str("\u{FFFD}")?;
                    }
                }
                Ok(())
            }
            Self::Bool(value) => value.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Float(number) if number.is_infinite() => {
                f.write_str(if number.is_sign_negative() { "-INF" } else { "INF" })
            }
            Self::Float(number) => number.fmt(f),
            Self::Int(number) => number.fmt(f),
            Self::Node(None) | Self::Null => Ok(()),
            Self::Time(time) => time.fmt(f),
        }
    }
}

fn bool(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn int(text: &str) -> Option<i32> {
    if text.starts_with('+') { None } else { text.parse().ok() }
}

/// XML Schema, `float`: Rust reads the same but for the three words.
fn float(text: &str) -> Option<f32> {
    match text {
        "INF" => Some(f32::INFINITY),
        "-INF" => Some(f32::NEG_INFINITY),
        "NaN" => Some(f32::NAN),
        _ if text.bytes().all(|octet| matches!(octet, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) => {
            text.parse().ok()
        }
        _ => None,
    }
}

/// The first octet that is no base64 (RFC 2045, 6.8): white space counts as nothing.
fn base64_fault(text: &str) -> Option<usize> {
    let (mut digits, mut padding) = (0_usize, 0_usize);
    for (at, octet) in text.bytes().enumerate() {
        match octet {
            b'=' => padding = padding.saturating_add(1),
            _ if octet.is_ascii_whitespace() => {}
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => digits = digits.saturating_add(1),
            _ => return Some(at),
        }
        if padding > 2 {
            return Some(at);
        }
    }
    if digits.saturating_add(padding) % 4 == 0 { None } else { Some(text.len()) }
}

#[cfg(feature = "xml")]
fn xml(octets: &[u8]) -> Result<(), ValueError> {
    let fault = |error: wbxml::Error| Fault::new(ValueErrorKind::Malformed, error.offset());
    let mut reader = wbxml::xml::Reader::new(octets, wbxml::Options::default()).map_err(fault)?;
    while reader.next_event().map_err(fault)? != wbxml::Event::Eof {}
    Ok(())
}

#[cfg(not(feature = "xml"))]
const fn xml(_: &[u8]) -> Result<(), ValueError> {
    Ok(())
}
