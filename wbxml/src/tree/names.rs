//! The names in a tree, each kept once.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::token::{AttrStart, Tag};

/// The number of a name in its tree.
pub(super) type NameId = u32;

/// The name of an element, of an attribute or of a processing instruction's target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    /// The tag of an element, or [`Tag::LITERAL`].
    pub(super) tag: Tag,
    /// The start of an attribute that the vocabulary has no name for, or [`AttrStart::LITERAL`].
    pub(super) start: AttrStart,
    /// Empty for a token that the vocabulary does not know.
    pub(super) text: Cow<'a, str>,
}

impl Name<'static> {
    /// What a number that is no name's stands for: the tree hands out none.
    pub(super) const NONE: &'static Self =
        &Self { tag: Tag::LITERAL, start: AttrStart::LITERAL, text: Cow::Borrowed("") };
}

/// All names, and their numbers: a document that says a name a thousand times costs it once.
#[derive(Clone, Debug, Default)]
pub(super) struct Names<'a> {
    names: Vec<Name<'a>>,
    tokens: BTreeMap<Token, NameId>,
    texts: BTreeMap<Cow<'a, str>, NameId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Tag(Tag),
    Start(AttrStart),
}

impl<'a> Names<'a> {
    pub(super) fn get(&self, id: NameId) -> &Name<'a> {
        usize::try_from(id).ok().and_then(|index| self.names.get(index)).unwrap_or(Name::NONE)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The name of an element by its tag; `text` is empty if the vocabulary has none.
    pub(super) fn tag(&mut self, tag: Tag, text: Option<Cow<'a, str>>) -> NameId {
        let name = Name { tag, start: AttrStart::LITERAL, text: text.unwrap_or_default() };
        self.token(Token::Tag(tag), name)
    }

    /// The name of an attribute by a token that has none.
    pub(super) fn start(&mut self, start: AttrStart) -> NameId {
        self.token(Token::Start(start), Name { tag: Tag::LITERAL, start, text: Cow::Borrowed("") })
    }

    /// A name that is no token.
    pub(super) fn text(&mut self, text: Cow<'a, str>) -> NameId {
        if let Some(id) = self.texts.get(&*text) {
            return *id;
        }
        let id = self.push(Name { tag: Tag::LITERAL, start: AttrStart::LITERAL, text: text.clone() });
        self.texts.insert(text, id);
        id
    }

    /// The number that a name has here which another tree has too.
    pub(super) fn import(&mut self, name: &Name<'a>) -> NameId {
        if name.tag != Tag::LITERAL {
            self.token(Token::Tag(name.tag), name.clone())
        } else if name.start != AttrStart::LITERAL {
            self.start(name.start)
        } else {
            self.text(name.text.clone())
        }
    }

    fn token(&mut self, token: Token, name: Name<'a>) -> NameId {
        if let Some(id) = self.tokens.get(&token) {
            return *id;
        }
        let id = self.push(name);
        self.tokens.insert(token, id);
        id
    }

    // a name has a node or an attribute, and there are fewer of those than numbers
    fn push(&mut self, name: Name<'a>) -> NameId {
        let id = NameId::try_from(self.names.len()).unwrap_or(NameId::MAX);
        self.names.push(name);
        id
    }

    pub(super) fn into_owned(self) -> Names<'static> {
        let own = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        Names {
            names: self
                .names
                .into_iter()
                .map(|Name { tag, start, text }| Name { tag, start, text: own(text) })
                .collect(),
            tokens: self.tokens,
            texts: self.texts.into_iter().map(|(text, id)| (own(text), id)).collect(),
        }
    }
}
