//! The walk through the elements of a message: which stand where, how often and in which order.

use wbxml::vocabulary::syncml::{SYNCML_1_2, tag};
use wbxml::{AnyReader, Cursor, Data, Result, Start, Tag, Text, Vocabulary};

use super::Rule;
use super::check::{Check, Place, known_name};
use super::model::{self, Content, Model};

/// An element that is open.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    start: Start,
    model: &'static Model,
    scope: Scope,
    /// The slots that have something in them, one bit each.
    filled: u16,
    /// The last of them.
    latest: usize,
    /// Whether something has been found out of order: what follows it mostly is so too.
    is_disordered: bool,
    offset: usize,
    /// Where the element around it is.
    around: Place<'a>,
    /// How many findings there were before.
    pub(super) findings: usize,
}

/// What an element is a part of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Message,
    Header,
    Body,
    /// `Atomic`, `Sequence` or `Sync`.
    Group,
    Command,
    Item,
    Cred,
    Chal,
    /// `Meta` of one of these.
    Meta(Owner),
    /// `Target` or `Source`.
    Location(Owner),
    /// What only has a structure here.
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Header,
    Command,
    Item,
    /// Credentials or a challenge.
    Proof,
}

impl<'a> Check<'_, 'a> {
    /// Looks at a whole message.
    pub(super) fn message(&mut self, cursor: &mut AnyReader<'a>) -> Result<()> {
        let root = cursor.root()?;
        let offset = cursor.span().start;
        let Some(Content::Elements(model)) = model::content(root.tag).filter(|_| root.tag == tag::SYNC_ML) else {
            let name = cursor.name_text(root)?;
            self.push(Rule::NotAMessage, name, offset, None);
            return Ok(());
        };
        self.enter(root, model, Scope::Message, offset);
        self.walk(cursor)?;
        if self.is_full() { Ok(()) } else { cursor.finish() }
    }

    /// Looks at a message without `SyncML`, or at commands without `SyncBody`, of which the first start has been read.
    #[cfg(feature = "xml")]
    pub(super) fn fragment(&mut self, cursor: &mut AnyReader<'a>, first: Option<Start>) -> Result<()> {
        let Some(first) = first else { return Ok(()) };
        let (model, scope) = match first.tag {
            tag::SYNC_HDR | tag::SYNC_BODY => (&model::PARTS, Scope::Message),
            _ => (&model::COMMANDS, Scope::Body),
        };
        self.enter(Start::CONTENT, model, scope, cursor.span().start);
        self.child(cursor, first)?;
        self.walk(cursor)
    }

    fn walk(&mut self, cursor: &mut AnyReader<'a>) -> Result<()> {
        while let Some(frame) = self.frames.last() {
            if self.is_full() {
                return Ok(());
            }
            match cursor.next_child(frame.start)? {
                Some(child) => self.child(cursor, child)?,
                None => self.leave(),
            }
        }
        Ok(())
    }

    fn enter(&mut self, start: Start, model: &'static Model, scope: Scope, offset: usize) {
        let (around, findings) = (self.place, self.findings.len());
        self.frames.push(Frame {
            start,
            model,
            scope,
            filled: 0,
            latest: 0,
            is_disordered: false,
            offset,
            around,
            findings,
        });
    }

    /// An element in the one that was entered last.
    fn child(&mut self, cursor: &mut AnyReader<'a>, child: Start) -> Result<()> {
        let offset = cursor.span().start;
        let Some(frame) = self.frames.last_mut() else { return cursor.skip(child) };
        let (of, scope) = (frame.model.of, frame.scope);
        let name = cursor.name_text(child)?;
        // a document of an earlier version has no token for it
        let tag = name
            .filter(|_| child.tag == Tag::LITERAL)
            .and_then(|name| later(name, cursor.vocabulary()))
            .unwrap_or(child.tag);
        let content = model::content(tag);
        let Some(slot) = frame.model.slots.iter().position(|slot| slot.tags.contains(&tag)) else {
            return self.stranger(cursor, child, tag, name, offset);
        };
        let bit = 1_u16.checked_shl(u32::try_from(slot).unwrap_or(u32::MAX)).unwrap_or(0);
        let is_repeated =
            frame.filled & bit != 0 && !frame.model.slots.get(slot).is_some_and(|slot| slot.is_repeatable);
        let is_late = frame.model.is_sequence && slot < frame.latest && !frame.is_disordered;
        frame.is_disordered |= is_late;
        frame.filled |= bit;
        frame.latest = frame.latest.max(slot);
        let about = known_name(tag);
        if is_repeated {
            self.find(Rule::Repeated, about, offset);
        } else if is_late {
            self.find(Rule::OutOfOrder, about, offset);
        }
        if self.header.version().tag_name(tag).is_none() {
            self.find(Rule::NotInVersion, about, offset);
        }
        if self.header.is_dm() && (!model::is_in_dm(tag) || tag == tag::CRED && scope == Scope::Command) {
            self.find(Rule::NotInDm, about, offset);
        }
        match content {
            Some(Content::Elements(model)) => {
                self.open(child, model, inner(scope, of, tag), offset);
                Ok(())
            }
            Some(Content::Text) => {
                let text = cursor.text(child)?;
                self.text(scope, tag, text, offset);
                Ok(())
            }
            Some(Content::Flag) => {
                let data = cursor.data(child)?;
                if !matches!(data, Data::Text(text) if text.is_blank()) {
                    self.find(Rule::FlagWithContent, about, offset);
                }
                self.flag(scope, tag, offset);
                Ok(())
            }
            Some(Content::Data) => {
                let data = cursor.data(child)?;
                self.data(scope, data, offset);
                Ok(())
            }
            None => cursor.skip(child),
        }
    }

    /// An element that the one around it does not have.
    fn stranger(
        &mut self,
        cursor: &mut AnyReader<'a>,
        child: Start,
        tag: Tag,
        name: Option<Text<'a>>,
        offset: usize,
    ) -> Result<()> {
        let scope = self.frames.last().map_or(Scope::Other, |frame| frame.scope);
        let is_among_commands = matches!(scope, Scope::Body | Scope::Group);
        let content = model::content(tag);
        let rule = match content {
            // Meta holds anything but what belongs elsewhere
            None if matches!(scope, Scope::Meta(_)) => return cursor.skip(child),
            None if is_among_commands => Rule::UnknownCommand,
            None => Rule::UnknownElement,
            Some(_) => Rule::Misplaced,
        };
        self.push(rule, Some(name.unwrap_or(Text::new("an element without a name"))), offset, None);
        match content {
            Some(Content::Elements(model)) if is_among_commands && model::is_command(tag) => {
                self.open(child, model, inner(scope, tag, tag), offset);
                Ok(())
            }
            _ => cursor.skip(child),
        }
    }

    /// An element with elements in it begins.
    fn open(&mut self, start: Start, model: &'static Model, scope: Scope, offset: usize) {
        self.enter(start, model, scope, offset);
        match scope {
            Scope::Header => self.place.command = Some("SyncHdr"),
            Scope::Group | Scope::Command => self.begin(model.of, scope, offset),
            Scope::Item => self.begin_item(offset),
            _ => {}
        }
    }

    /// The element that was entered last has ended.
    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        for (slot, bit) in frame.model.slots.iter().zip((0_u32..).map(|slot| 1_u16.checked_shl(slot).unwrap_or(0))) {
            if slot.is_required && frame.filled & bit == 0 {
                let about = match slot.tags {
                    [tag] => known_name(*tag),
                    _ => "a command",
                };
                self.find(Rule::Missing, about, frame.offset);
            }
        }
        match frame.scope {
            Scope::Header => self.end_header(),
            Scope::Item => self.end_item(),
            Scope::Cred => self.end_credentials(frame.offset),
            Scope::Chal => self.end_challenge(frame.offset),
            Scope::Command => self.end_command(),
            Scope::Group if frame.model.of == tag::ATOMIC => self.atomics = self.atomics.saturating_sub(1),
            Scope::Body => self.end_body(),
            _ => {}
        }
        self.place = frame.around;
    }
}

/// What an element in one of scope `scope` is a part of.
fn inner(scope: Scope, of: Tag, tag: Tag) -> Scope {
    match (scope, tag) {
        (Scope::Message, tag::SYNC_HDR) => Scope::Header,
        (Scope::Message, tag::SYNC_BODY) => Scope::Body,
        (Scope::Body | Scope::Group, _) if model::is_group(tag) => Scope::Group,
        (Scope::Body | Scope::Group, _) if model::is_command(tag) => Scope::Command,
        (Scope::Command, tag::ITEM) => Scope::Item,
        (Scope::Header | Scope::Command | Scope::Group, tag::CRED) => Scope::Cred,
        (Scope::Command, tag::CHAL) => Scope::Chal,
        (Scope::Cred | Scope::Chal, tag::META) => Scope::Meta(Owner::Proof),
        (Scope::Header, tag::META) => Scope::Meta(Owner::Header),
        (Scope::Command, tag::META) => Scope::Meta(Owner::Command),
        (Scope::Item, tag::META) => Scope::Meta(Owner::Item),
        (Scope::Meta(owner), _) if of == tag::META => Scope::Meta(owner),
        (Scope::Header, tag::TARGET | tag::SOURCE) => Scope::Location(Owner::Header),
        (Scope::Item, tag::TARGET | tag::SOURCE) => Scope::Location(Owner::Item),
        _ => Scope::Other,
    }
}

/// The tag of an element that the document's version does not have, and the latest has.
fn later(name: Text<'_>, vocabulary: &Vocabulary<'_>) -> Option<Tag> {
    let name = name.to_cow().ok()?;
    let tag = [0, 1].into_iter().find_map(|page| SYNCML_1_2.tag_in_page(page, &name))?;
    vocabulary.tag_name(tag).is_none().then_some(tag)
}
