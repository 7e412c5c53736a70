//! The reference: a decoder written from the grammar of WAP-192, 5.3, one function for each production, without a
//! thought for speed. What may not stand somewhere is known by its first octet; a limit or an index is looked at
//! when the whole token has been read.
//!
//! Where the text leaves a choice it takes the choice of `wbxml::Reader`: overlong integers are read, the last string
//! of the table may end where the table does, `SWITCH_PAGE` may stand before anything and even alone in content.

pub(crate) mod seen_by_reader;

use core::ops::Range;

/// What a token of the body says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    SwitchPage(u8),
    Start { page: u8, code: u8, literal: u32, has_attributes: bool, has_content: bool },
    AttributeStart { page: u8, code: u8, literal: u32 },
    AttributeValue { page: u8, code: u8 },
    AttributesEnd,
    Text { octets: Vec<u8>, index: Option<u32> },
    Entity(char),
    Opaque(Vec<u8>),
    ExtI(u8, Vec<u8>),
    ExtT(u8, u32),
    Ext(u8),
    Pi,
    End,
}

/// A token, its octets, and how many elements are open behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) token: Token,
    pub(crate) span: Range<usize>,
    pub(crate) depth: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Eof,
    Overflow,
    Version,
    Charset,
    Index,
    Unexpected,
    Trailing,
    Entity,
    Depth,
    Attributes,
}

/// What is wrong, and the first octet of the field or token that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: Kind,
    pub(crate) offset: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) version: u8,
    pub(crate) public_id: PublicId,
    pub(crate) charset: u16,
    pub(crate) table: Vec<u8>,
    pub(crate) length: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PublicId {
    Number(u32),
    Index(u32),
}

/// All that there is to know about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The header, if it is whole.
    pub(crate) header: Option<Header>,
    /// The tokens of the body, up to the first fault.
    pub(crate) seen: Vec<Seen>,
    /// The first fault.
    pub(crate) end: Result<(), Fault>,
}

const SWITCH_PAGE: u8 = 0x00;
const END: u8 = 0x01;
const ENTITY: u8 = 0x02;
const STR_I: u8 = 0x03;
const LITERAL: u8 = 0x04;
const PI: u8 = 0x43;
const OPAQUE: u8 = 0xC3;

/// Elements open at once, and attributes of one element: `wbxml::Limits::DEFAULT`.
const LIMIT: u32 = 256;

/// `start = version publicid charset strtbl body`
pub(crate) fn decode(document: &[u8]) -> Decoded {
    let mut decoder = Decoder {
        document,
        at: 0,
        header: Header { version: 0, public_id: PublicId::Number(0), charset: 0, table: Vec::new(), length: 0 },
        tag_page: 0,
        attribute_page: 0,
        depth: 0,
        seen: Vec::new(),
    };
    if let Err(fault) = decoder.header() {
        return Decoded { header: None, seen: Vec::new(), end: Err(fault) };
    }
    let end = decoder.body();
    Decoded { header: Some(decoder.header), seen: decoder.seen, end }
}

struct Decoder<'a> {
    document: &'a [u8],
    at: usize,
    header: Header,
    tag_page: u8,
    attribute_page: u8,
    depth: u32,
    seen: Vec<Seen>,
}

impl Decoder<'_> {
    // data types (5.1)

    fn u_int8(&mut self) -> Result<u8, Kind> {
        let octet = *self.document.get(self.at).ok_or(Kind::Eof)?;
        self.at += 1;
        Ok(octet)
    }

    fn mb_u_int32(&mut self) -> Result<u32, Kind> {
        let mut value = 0_u64;
        for _ in 0..5 {
            let octet = self.u_int8()?;
            value = value << 7 | u64::from(octet & 0x7F);
            if octet & 0x80 == 0 {
                return u32::try_from(value).map_err(|_| Kind::Overflow);
            }
        }
        Err(Kind::Overflow)
    }

    /// `length *octet`
    fn counted(&mut self) -> Result<Vec<u8>, Kind> {
        let length = self.mb_u_int32()? as usize;
        if length > self.document.len() - self.at {
            return Err(Kind::Eof);
        }
        (0..length).map(|_| self.u_int8()).collect()
    }

    /// The octets of one character, or of a part of it: what the NUL that ends a string is as long as.
    fn unit(&self) -> usize {
        match self.header.charset {
            1000 | 1013 | 1014 | 1015 => 2, // UCS-2, UTF-16BE, UTF-16LE, UTF-16
            1001 | 1017 | 1018 | 1019 => 4, // UCS-4, UTF-32, UTF-32BE, UTF-32LE
            _ => 1,
        }
    }

    fn termstr(&mut self) -> Result<Vec<u8>, Kind> {
        let mut string = Vec::new();
        loop {
            let unit: Vec<u8> = (0..self.unit()).map(|_| self.u_int8()).collect::<Result<_, _>>()?;
            if unit.iter().all(|&octet| octet == 0) {
                return Ok(string);
            }
            string.extend(unit);
        }
    }

    /// The string of the table at an index (5.7): up to its NUL or to the end of the table.
    fn table_string(&self, index: u32) -> Result<Vec<u8>, Kind> {
        let table = &self.header.table;
        let index = index as usize;
        if index >= table.len() {
            return Err(Kind::Index);
        }
        let units = table[index..].chunks(self.unit());
        Ok(units.take_while(|unit| **unit != vec![0; self.unit()]).flatten().copied().collect())
    }

    // the header (5.4 to 5.7)

    fn field<T>(&mut self, parse: impl FnOnce(&mut Self) -> Result<T, Kind>) -> Result<T, Fault> {
        let offset = self.at;
        parse(self).map_err(|kind| Fault { kind, offset })
    }

    fn header(&mut self) -> Result<(), Fault> {
        self.header.version = self.field(Self::version)?;
        self.header.public_id = self.public_id()?;
        if self.header.version > 0 {
            self.header.charset = self.field(Self::charset)?;
        }
        self.header.table = self.field(Self::counted)?;
        self.header.length = self.at;
        Ok(())
    }

    fn version(&mut self) -> Result<u8, Kind> {
        let octet = self.u_int8()?;
        if octet >> 4 == 0 { Ok(octet) } else { Err(Kind::Version) }
    }

    /// `publicid = mb_u_int32 | zero index`
    fn public_id(&mut self) -> Result<PublicId, Fault> {
        match self.field(Self::mb_u_int32)? {
            0 => self.field(Self::mb_u_int32).map(PublicId::Index),
            number => Ok(PublicId::Number(number)),
        }
    }

    fn charset(&mut self) -> Result<u16, Kind> {
        u16::try_from(self.mb_u_int32()?).map_err(|_| Kind::Charset)
    }

    // the body (5.3, 5.8)

    fn peek(&self) -> Option<u8> {
        self.document.get(self.at).copied()
    }

    fn fault<T>(&self, kind: Kind) -> Result<T, Fault> {
        Err(Fault { kind, offset: self.at })
    }

    /// Reads one token with `parse` and keeps it.
    fn keep(&mut self, parse: impl FnOnce(&mut Self) -> Result<Token, Kind>) -> Result<(), Fault> {
        let start = self.at;
        let token = self.field(parse)?;
        self.seen.push(Seen { token, span: start..self.at, depth: self.depth });
        Ok(())
    }

    /// `body = *pi element *pi`; in version 1.0 it is `1*content`
    fn body(&mut self) -> Result<(), Fault> {
        if self.header.version == 0 {
            return self.body_1_0();
        }
        self.pis()?;
        match self.peek() {
            None => return self.fault(Kind::Eof),
            Some(octet) if is_tag(octet) => self.element()?,
            Some(_) => return self.fault(Kind::Unexpected),
        }
        self.pis()?;
        if self.peek().is_none() { Ok(()) } else { self.fault(Kind::Trailing) }
    }

    fn body_1_0(&mut self) -> Result<(), Fault> {
        self.content()?;
        while self.peek().is_some() {
            self.content()?;
        }
        Ok(())
    }

    fn pis(&mut self) -> Result<(), Fault> {
        loop {
            match self.peek() {
                Some(SWITCH_PAGE) => self.keep(Self::switch_tag_page)?,
                Some(PI) => self.pi()?,
                _ => return Ok(()),
            }
        }
    }

    /// `element = stag [1*attribute END] [*content END]`
    fn element(&mut self) -> Result<(), Fault> {
        let flags = self.peek().unwrap_or_default();
        self.keep(Self::stag)?;
        if flags & 0x80 != 0 {
            self.attributes()?;
        }
        if flags & 0x40 != 0 {
            while self.peek() != Some(END) {
                self.content()?;
            }
            self.keep(Self::end)?;
        }
        Ok(())
    }

    /// `stag = TAG | literalTag index`
    fn stag(&mut self) -> Result<Token, Kind> {
        let octet = self.u_int8()?;
        let (page, literal) = if octet & 0x3F == LITERAL { (0, self.index_of_name()?) } else { (self.tag_page, 0) };
        let (has_attributes, has_content) = (octet & 0x80 != 0, octet & 0x40 != 0);
        if has_content {
            if self.depth == LIMIT {
                return Err(Kind::Depth);
            }
            self.depth += 1;
        }
        Ok(Token::Start { page, code: octet & 0x3F, literal, has_attributes, has_content })
    }

    fn index_of_name(&mut self) -> Result<u32, Kind> {
        let index = self.mb_u_int32()?;
        self.table_string(index)?;
        Ok(index)
    }

    fn end(&mut self) -> Result<Token, Kind> {
        self.u_int8()?;
        self.depth -= 1;
        Ok(Token::End)
    }

    /// `content = element | string | extension | entity | pi | opaque`
    fn content(&mut self) -> Result<(), Fault> {
        match self.peek() {
            None => self.fault(Kind::Eof),
            Some(SWITCH_PAGE) => self.keep(Self::switch_tag_page),
            Some(PI) => self.pi(),
            // in version 1.0 the octet is reserved
            Some(OPAQUE) if self.header.version >= 1 => self.keep(Self::opaque),
            Some(octet) if is_tag(octet) => self.element(),
            Some(octet) if is_piece(octet) => self.keep(Self::piece),
            Some(_) => self.fault(Kind::Unexpected),
        }
    }

    /// `1*attribute END`, `attribute = attrStart *attrValue`
    fn attributes(&mut self) -> Result<(), Fault> {
        let mut count = 0;
        loop {
            match self.peek() {
                Some(SWITCH_PAGE) => self.keep(Self::switch_attribute_page)?,
                Some(END) if count > 0 => return self.keep(Self::attributes_end),
                Some(octet) if is_attribute_start(octet) => {
                    self.keep(|decoder| {
                        let token = decoder.attribute_start()?;
                        if count == LIMIT { Err(Kind::Attributes) } else { Ok(token) }
                    })?;
                    count += 1;
                }
                _ if count > 0 => self.attribute_value()?,
                None => return self.fault(Kind::Eof),
                Some(_) => return self.fault(Kind::Unexpected),
            }
        }
    }

    /// `pi = PI attrStart *attrValue END`
    fn pi(&mut self) -> Result<(), Fault> {
        self.keep(|decoder| decoder.u_int8().map(|_| Token::Pi))?;
        while self.peek() == Some(SWITCH_PAGE) {
            self.keep(Self::switch_attribute_page)?;
        }
        match self.peek() {
            None => return self.fault(Kind::Eof),
            Some(octet) if is_attribute_start(octet) => self.keep(Self::attribute_start)?,
            Some(_) => return self.fault(Kind::Unexpected),
        }
        loop {
            match self.peek() {
                Some(SWITCH_PAGE) => self.keep(Self::switch_attribute_page)?,
                Some(END) => return self.keep(Self::attributes_end),
                _ => self.attribute_value()?,
            }
        }
    }

    /// `attrStart = ATTRSTART | LITERAL index`
    fn attribute_start(&mut self) -> Result<Token, Kind> {
        let code = self.u_int8()?;
        if code == LITERAL {
            return Ok(Token::AttributeStart { page: 0, code, literal: self.index_of_name()? });
        }
        Ok(Token::AttributeStart { page: self.attribute_page, code, literal: 0 })
    }

    /// `attrValue = ATTRVALUE | string | extension | entity | opaque`
    fn attribute_value(&mut self) -> Result<(), Fault> {
        match self.peek() {
            None => self.fault(Kind::Eof),
            // from version 1.2 on
            Some(OPAQUE) if self.header.version >= 2 => self.keep(Self::opaque),
            Some(octet) if octet & 0x80 != 0 && octet & 0x3F > LITERAL => {
                self.keep(|decoder| Ok(Token::AttributeValue { page: decoder.attribute_page, code: decoder.u_int8()? }))
            }
            Some(octet) if is_piece(octet) => self.keep(Self::piece),
            Some(_) => self.fault(Kind::Unexpected),
        }
    }

    fn attributes_end(&mut self) -> Result<Token, Kind> {
        self.u_int8().map(|_| Token::AttributesEnd)
    }

    /// `switchPage = SWITCH_PAGE pageindex`, where tags stand
    fn switch_tag_page(&mut self) -> Result<Token, Kind> {
        self.u_int8()?;
        self.tag_page = self.u_int8()?;
        Ok(Token::SwitchPage(self.tag_page))
    }

    /// The same where attributes stand.
    fn switch_attribute_page(&mut self) -> Result<Token, Kind> {
        self.u_int8()?;
        self.attribute_page = self.u_int8()?;
        Ok(Token::SwitchPage(self.attribute_page))
    }

    /// `string | extension | entity`
    fn piece(&mut self) -> Result<Token, Kind> {
        let octet = self.u_int8()?;
        let number = octet & 3;
        match octet {
            STR_I => Ok(Token::Text { octets: self.termstr()?, index: None }),
            ENTITY => match char::from_u32(self.mb_u_int32()?) {
                None | Some('\0') => Err(Kind::Entity),
                Some(character) => Ok(Token::Entity(character)),
            },
            0x40..=0x42 => Ok(Token::ExtI(number, self.termstr()?)),
            0x80..=0x82 => Ok(Token::ExtT(number, self.mb_u_int32()?)),
            0xC0..=0xC2 => Ok(Token::Ext(number)),
            _ => {
                let index = self.mb_u_int32()?;
                Ok(Token::Text { octets: self.table_string(index)?, index: Some(index) })
            }
        }
    }

    /// `opaque = OPAQUE length *octet`
    fn opaque(&mut self) -> Result<Token, Kind> {
        self.u_int8()?;
        self.counted().map(Token::Opaque)
    }
}

/// TAG or literalTag: 04, 44, 84 and C4, and all above them in their quarter of the code space (5.8.2).
fn is_tag(octet: u8) -> bool {
    octet & 0x3F >= LITERAL
}

/// ATTRSTART or LITERAL (5.8.3).
fn is_attribute_start(octet: u8) -> bool {
    matches!(octet, LITERAL | 0x05..=0x3F | 0x45..=0x7F)
}

/// ENTITY, `STR_I`, `EXT_I`, `EXT_T`, `STR_T` and EXT: what may stand in content and in values alike.
fn is_piece(octet: u8) -> bool {
    matches!(octet, ENTITY | STR_I | 0x40..=0x42 | 0x80..=0x83 | 0xC0..=0xC2)
}
