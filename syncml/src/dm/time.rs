//! Dates and times (ISO 8601).

use core::fmt;

/// A day of the calendar: the value of the format `date`.
///
/// ```
/// use syncml::dm::Date;
///
/// let date = Date::parse("20240229").unwrap();
/// assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
/// assert_eq!(date.to_string(), "2024-02-29");
/// assert_eq!(Date::parse("2023-02-29"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if there is one, of years 0 to 9999.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        if year <= 9999 && day >= 1 && day <= days { Some(Self { year, month, day }) } else { None }
    }

    /// Reads `CCYYMMDD` or `CCYY-MM-DD`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (century, year, month, day) = match *text.as_bytes() {
            [a, b, c, d, e, f, g, h] | [a, b, c, d, b'-', e, f, b'-', g, h] => ([a, b], [c, d], [e, f], [g, h]),
            _ => return None,
        };
        let year = u16::from(two(century)?).checked_mul(100)?.checked_add(u16::from(two(year)?))?;
        Self::new(year, two(month)?, two(day)?)
    }

    /// The year, with the century.
    #[must_use]
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub const fn month(&self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(&self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    /// Writes `CCYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A time of the day: the value of the format `time`.
///
/// ```
/// use syncml::dm::Time;
///
/// let time = Time::parse("T134501.5+0100").unwrap();
/// assert_eq!((time.hour(), time.nanosecond(), time.offset()), (13, 500_000_000, Some(60)));
/// assert_eq!(time.to_string(), "13:45:01.5+01:00");
/// assert_eq!(Time::parse("25:00"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    hour: u8,
    minute: u8,
    second: u8,
    nanosecond: u32,
    offset: Option<i16>,
}

impl Time {
    /// The local time, if there is one: up to 23:59:60, for a leap second, and 24:00:00.
    #[must_use]
    pub const fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        if (hour <= 23 && minute <= 59 && second <= 60) || (hour == 24 && minute == 0 && second == 0) {
            Some(Self { hour, minute, second, nanosecond: 0, offset: None })
        } else {
            None
        }
    }

    /// Reads `hh`, `hhmm`, `hh:mm`, `hhmmss` or `hh:mm:ss`, with `T` before it or not; with a fraction of the second
    /// behind `.` or `,`, of which nine digits count; with `Z`, `±hh`, `±hhmm` or `±hh:mm` behind it or not.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('T').unwrap_or(text);
        let (local, zone) = match text.find(['Z', '+', '-']) {
            Some(at) => text.split_at_checked(at)?,
            None => (text, ""),
        };
        let offset = offset(zone)?;
        let (whole, fraction) = match local.split_once(['.', ',']) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (local, None),
        };
        let (time, has_seconds) = match *whole.as_bytes() {
            [a, b] => (Self::new(two([a, b])?, 0, 0)?, false),
            [a, b, c, d] | [a, b, b':', c, d] => (Self::new(two([a, b])?, two([c, d])?, 0)?, false),
            [a, b, c, d, e, f] | [a, b, b':', c, d, b':', e, f] => {
                (Self::new(two([a, b])?, two([c, d])?, two([e, f])?)?, true)
            }
            _ => return None,
        };
        let nanosecond = match fraction {
            None => 0,
            Some(fraction) if has_seconds => nanoseconds(fraction)?,
            Some(_) => return None,
        };
        if time.hour == 24 && nanosecond != 0 {
            return None;
        }
        Some(Self { nanosecond, offset, ..time })
    }

    /// The hour, up to 24.
    #[must_use]
    pub const fn hour(&self) -> u8 {
        self.hour
    }

    /// The minute.
    #[must_use]
    pub const fn minute(&self) -> u8 {
        self.minute
    }

    /// The second, up to 60.
    #[must_use]
    pub const fn second(&self) -> u8 {
        self.second
    }

    /// The nanosecond in the second.
    #[must_use]
    pub const fn nanosecond(&self) -> u32 {
        self.nanosecond
    }

    /// Minutes that the clock is ahead of UTC; `None` for a local time.
    #[must_use]
    pub const fn offset(&self) -> Option<i16> {
        self.offset
    }
}

/// Minutes ahead of UTC; `None` within for local time.
fn offset(zone: &str) -> Option<Option<i16>> {
    let (sign, hours, minutes) = match *zone.as_bytes() {
        [] => return Some(None),
        [b'Z'] => return Some(Some(0)),
        [sign, a, b] => (sign, two([a, b])?, 0),
        [sign, a, b, c, d] | [sign, a, b, b':', c, d] => (sign, two([a, b])?, two([c, d])?),
        _ => return None,
    };
    if hours > 23 || minutes > 59 {
        return None;
    }
    let ahead = i16::from(hours).checked_mul(60)?.checked_add(i16::from(minutes))?;
    match sign {
        b'+' => Some(Some(ahead)),
        b'-' => Some(Some(ahead.checked_neg()?)),
        _ => None,
    }
}

/// The digits of a fraction as billionths.
fn nanoseconds(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|octet| octet.is_ascii_digit()) {
        return None;
    }
    let places = digits.bytes().map(|octet| octet.saturating_sub(b'0')).chain(core::iter::repeat(0)).take(9);
    places.map(u32::from).try_fold(0_u32, |sum, digit| sum.checked_mul(10)?.checked_add(digit))
}

fn two([tens, ones]: [u8; 2]) -> Option<u8> {
    if !(tens.is_ascii_digit() && ones.is_ascii_digit()) {
        return None;
    }
    tens.checked_sub(b'0')?.checked_mul(10)?.checked_add(ones.checked_sub(b'0')?)
}

impl fmt::Display for Time {
    /// Writes `hh:mm:ss`, with fraction and offset where there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        if self.nanosecond != 0 {
            f.write_str(".")?;
            let mut rest = self.nanosecond;
            let mut place = 100_000_000_u32;
            while rest != 0 && place != 0 {
                write!(f, "{}", rest.checked_div(place).unwrap_or(0))?;
                rest = rest.checked_rem(place).unwrap_or(0);
                place /= 10;
            }
        }
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                let minutes = offset.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// When a node was changed: the value of the property `TStamp`, in UTC.
///
/// ```
/// use syncml::dm::Timestamp;
///
/// let stamp = Timestamp::parse("20240229T134501Z").unwrap();
/// assert_eq!(stamp.time().minute(), 45);
/// assert_eq!(stamp.to_string(), "20240229T134501Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timestamp {
    date: Date,
    time: Time,
}

impl Timestamp {
    /// The moment on this day, at this time of UTC. A fraction of the second is dropped; `None` for a time of another
    /// zone.
    #[must_use]
    pub const fn new(date: Date, time: Time) -> Option<Self> {
        match time.offset {
            None | Some(0) => Some(Self { date, time: Time { nanosecond: 0, offset: Some(0), ..time } }),
            Some(_) => None,
        }
    }

    /// Reads `YYYYMMDDThhmmssZ`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_at_checked(8)?;
        // the forms of ISO 8601 have other lengths
        if time.len() != 8 || !time.starts_with('T') || !time.ends_with('Z') {
            return None;
        }
        Self::new(Date::parse(date)?, Time::parse(time)?)
    }

    /// The day.
    #[must_use]
    pub const fn date(&self) -> Date {
        self.date
    }

    /// The time of the day, in UTC.
    #[must_use]
    pub const fn time(&self) -> Time {
        self.time
    }
}

impl fmt::Display for Timestamp {
    /// Writes `YYYYMMDDThhmmssZ`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (&self.date, &self.time);
        write!(f, "{:04}{:02}{:02}T", date.year, date.month, date.day)?;
        write!(f, "{:02}{:02}{:02}Z", time.hour, time.minute, time.second)
    }
}
