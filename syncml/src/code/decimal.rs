//! Numbers as they stand in a message: decimal digits.

use core::fmt::{self, Write};

use wbxml::Text;

/// A text is no code.
///
/// ```
/// use syncml::{ParseCodeError, StatusCode};
///
/// assert_eq!("200".parse(), Ok(StatusCode::OK));
/// assert_eq!("OK".parse::<StatusCode>(), Err(ParseCodeError::NotDecimal));
/// assert_eq!("65536".parse::<StatusCode>(), Err(ParseCodeError::TooLarge));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseCodeError {
    /// There is no digit, or something else than digits between white space.
    #[error("the code is no decimal number")]
    NotDecimal,
    /// The number is above 65535.
    #[error("the code is larger than 65535")]
    TooLarge,
}

/// The decimal digits of a code.
///
/// ```
/// use syncml::{Status, StatusCode};
/// use wbxml::Text;
///
/// let digits = StatusCode::new(1423).decimal();
/// let mut status = Status::default();
/// status.code = Some(Text::new(digits.as_str()));
/// assert_eq!(status.code.unwrap(), "1423");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: [u8; 5],
    /// The first digit that counts.
    start: usize,
}

impl Decimal {
    pub(super) const fn new(number: u16) -> Self {
        let digits =
            [digit(number / 10_000), digit(number / 1_000), digit(number / 100), digit(number / 10), digit(number)];
        let start = match number {
            0..10 => 4,
            10..100 => 3,
            100..1_000 => 2,
            1_000..10_000 => 1,
            10_000.. => 0,
        };
        Self { digits, start }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let digits = self.digits.get(self.start..).unwrap_or_default();
        // digits are ASCII
        core::str::from_utf8(digits).unwrap_or_default()
    }
}

/// The last digit.
const fn digit(number: u16) -> u8 {
    b'0' | (number % 10) as u8
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The number that a text says in decimal digits.
pub(super) fn parse(text: &Text<'_>) -> Result<u16, ParseCodeError> {
    let mut number = Number::Before;
    // a text in pieces is taken as they come: nothing is joined; what is no text becomes U+FFFD, which is no digit
    match write!(number, "{text}") {
        Ok(()) => match number {
            Number::Within(value) | Number::Behind(value) => u16::try_from(value).map_err(|_| ParseCodeError::TooLarge),
            Number::Before => Err(ParseCodeError::NotDecimal),
        },
        Err(fmt::Error) => Err(ParseCodeError::NotDecimal),
    }
}

/// How much of a number has been read.
enum Number {
    /// White space.
    Before,
    /// Digits of this value.
    Within(u32),
    /// White space behind them.
    Behind(u32),
}

impl Write for Number {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for octet in text.bytes() {
            let is_blank = matches!(octet, b' ' | b'\t' | b'\r' | b'\n');
            let digit = u32::from(octet.wrapping_sub(b'0'));
            *self = match self {
                Self::Before if is_blank => Self::Before,
                Self::Before if digit < 10 => Self::Within(digit),
                // a number that is too large stays so
                Self::Within(value) if digit < 10 => Self::Within(value.saturating_mul(10).saturating_add(digit)),
                Self::Within(value) | Self::Behind(value) if is_blank => Self::Behind(*value),
                _ => return Err(fmt::Error),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn every_number_is_written_and_read() {
        for number in 0..=u16::MAX {
            let decimal = Decimal::new(number);
            assert_eq!(decimal.as_str(), number.to_string());
            assert_eq!(parse(&Text::new(decimal.as_str())), Ok(number));
        }
    }
}
