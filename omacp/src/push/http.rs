//! The content type as an HTTP header field (OMA-TS-PushOTA; RFC 9110, 8.3.1): how a push travels over HTTP.

use alloc::string::String;
use core::fmt::Write;

use super::content_type::{ContentType, Parameter, ParameterName};
use super::error::{ErrorKind, Result};
use super::media_type::MediaType;
use super::wsp::Value;

impl<'a> ContentType<'a> {
    /// Reads the value of a `Content-Type` field.
    ///
    /// `SEC` may be a number or a name. A quoted value is what stands between the quotes.
    ///
    /// ```
    /// use omacp::push::{ContentType, MediaType, Sec};
    ///
    /// let field = "application/vnd.wap.connectivity-wbxml; SEC=USERPIN; MAC=\"6CD4\"";
    /// let content_type = ContentType::parse_http(field)?;
    /// assert_eq!(content_type.media_type, MediaType::CONNECTIVITY_WBXML);
    /// assert_eq!((content_type.sec(), content_type.mac()), (Some(Sec::USERPIN), Some("6CD4")));
    /// # Ok::<(), omacp::push::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::MediaType`], [`ErrorKind::UnterminatedText`] for a quote that does not end,
    /// [`ErrorKind::NotText`] for a parameter without a name or a value, [`ErrorKind::RepeatedParameter`],
    /// [`ErrorKind::ParameterValue`].
    pub fn parse_http(field: &'a str) -> Result<Self> {
        let (name, mut rest) = field.split_at_checked(field.find(';').unwrap_or(field.len())).unwrap_or((field, ""));
        let name = name.trim();
        let is_media_type = name.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype));
        if !is_media_type {
            return Err(ErrorKind::MediaType.at(0));
        }
        let mut content_type = Self::new(MediaType::Name(name));
        while let Some(parameter) = rest.trim_start().strip_prefix(';') {
            let at = field.len().saturating_sub(parameter.len());
            let parameter = parameter.trim_start();
            if parameter.is_empty() {
                rest = parameter;
                break;
            }
            let (name, behind) = parameter.split_once('=').ok_or(ErrorKind::NotText.at(at))?;
            let (name, behind) = (name.trim(), behind.trim_start());
            let value = match behind.strip_prefix('"') {
                Some(quoted) => {
                    let (value, behind) = quoted.split_once('"').ok_or(ErrorKind::UnterminatedText.at(at))?;
                    rest = behind;
                    value
                }
                None => {
                    let end = behind.find(';').unwrap_or(behind.len());
                    let (value, behind) = behind.split_at_checked(end).unwrap_or((behind, ""));
                    rest = behind;
                    value.trim_end()
                }
            };
            if !is_token(name) {
                return Err(ErrorKind::NotText.at(at));
            }
            content_type
                .push(Parameter { name: ParameterName::Name(name), value: Value::Text(value), span: 0..0 }, at)?;
        }
        if rest.trim().is_empty() {
            Ok(content_type)
        } else {
            Err(ErrorKind::NotText.at(field.len().saturating_sub(rest.len())))
        }
    }

    /// The content type as the value of a `Content-Type` field.
    ///
    /// ```
    /// use omacp::push::{ContentType, MediaType, Sec};
    ///
    /// let content_type = ContentType::new(MediaType::CONNECTIVITY_WBXML).with_sec(Sec::USERPIN).with_mac("6CD4");
    /// assert_eq!(content_type.to_http()?, "application/vnd.wap.connectivity-wbxml; SEC=1; MAC=\"6CD4\"");
    /// # Ok::<(), omacp::push::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::MediaType`] for a media type whose name is not known, [`ErrorKind::NotText`] for a parameter whose
    /// name is not known or whose value is no text and no number, [`ErrorKind::ParameterValue`] for what `SEC`, `MAC` or
    /// the charset cannot be.
    pub fn to_http(&self) -> Result<String> {
        let mut field = String::from(self.media_type.name().ok_or(ErrorKind::MediaType.at(0))?);
        for parameter in self.parameters() {
            parameter.check().map_err(|kind| kind.at(0))?;
            let name = parameter.name.text().ok_or(ErrorKind::NotText.at(0))?;
            // writing to a string does not fail
            let _ = match (parameter.value, parameter.value.as_integer()) {
                (Value::Text(value), _) if !value.contains(['"', '\\', '\r', '\n', '\0']) => {
                    write!(field, "; {name}=\"{value}\"")
                }
                (_, Some(number)) => write!(field, "; {name}={number}"),
                _ => return Err(ErrorKind::NotText.at(0)),
            };
        }
        Ok(field)
    }
}

/// RFC 9110, 5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet))
}
