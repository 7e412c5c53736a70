//! The content models: which elements stand in which, how often and in which order (SyncML Representation Protocol and
//! Meta-Information 1.2, document type definitions).

use wbxml::vocabulary::metinf::tag as metinf;
use wbxml::vocabulary::syncml::tag;
use wbxml::{Start, Tag};

/// What an element holds.
#[derive(Clone, Copy)]
pub(super) enum Content {
    Elements(&'static Model),
    Text,
    /// Nothing: that it is there says it.
    Flag,
    /// Text, octets or foreign elements.
    Data,
}

/// The elements in an element.
pub(super) struct Model {
    pub(super) of: Tag,
    /// Whether they have an order, and nothing else may stand there.
    pub(super) is_sequence: bool,
    pub(super) slots: &'static [Slot],
}

/// A place in the content for one or several elements.
pub(super) struct Slot {
    /// Which may stand there.
    pub(super) tags: &'static [Tag],
    /// Whether one has to.
    pub(super) is_required: bool,
    /// Whether several may.
    pub(super) is_repeatable: bool,
}

impl Slot {
    const fn one(tags: &'static [Tag]) -> Self {
        Self { tags, is_required: true, is_repeatable: false }
    }

    const fn maybe(tags: &'static [Tag]) -> Self {
        Self { tags, is_required: false, is_repeatable: false }
    }

    const fn some(tags: &'static [Tag]) -> Self {
        Self { tags, is_required: true, is_repeatable: true }
    }

    const fn many(tags: &'static [Tag]) -> Self {
        Self { tags, is_required: false, is_repeatable: true }
    }
}

macro_rules! models {
    ($name:ident: $( $of:ident $kind:ident { $( $occurrence:ident $($tag:ident)|+ ),* } )*) => {
        const $name: &[Model] = &[$( Model {
            of: $of,
            is_sequence: models!($kind),
            slots: &[$( Slot::$occurrence(&[$( $tag ),+]) ),*],
        } ),*];
    };
    (sequence) => { true };
    (any) => { false };
}

use metinf::{
    ANCHOR, EMI, FIELD_LEVEL, FORMAT, FREE_ID, FREE_MEM, LAST, MARK, MAX_MSG_SIZE, MAX_OBJ_SIZE, MEM, MET_INF, NEXT,
    NEXT_NONCE, SHARED_MEM, SIZE, TYPE, VERSION,
};
use tag::{
    ADD, ALERT, ARCHIVE, ATOMIC, CHAL, CMD, CMD_ID, CMD_REF, COPY, CORRELATOR, CRED, DATA, DELETE, EXEC, FIELD, FILTER,
    FILTER_TYPE, FINAL, GET, ITEM, LANG, LOC_NAME, LOC_URI, MAP, MAP_ITEM, META, MORE_DATA, MOVE, MSG_ID, MSG_REF,
    NO_RESP, NO_RESULTS, NUMBER_OF_CHANGES, PUT, RECORD, REPLACE, RESP_URI, RESULTS, SEARCH, SEQUENCE, SESSION_ID,
    SFT_DEL, SOURCE, SOURCE_PARENT, SOURCE_REF, STATUS, SYNC, SYNC_BODY, SYNC_HDR, SYNC_ML, TARGET, TARGET_PARENT,
    TARGET_REF, VER_DTD, VER_PROTO,
};

models! {
    MODELS:
    SYNC_ML sequence { one SYNC_HDR, one SYNC_BODY }
    SYNC_HDR sequence {
        one VER_DTD, one VER_PROTO, one SESSION_ID, one MSG_ID, one TARGET, one SOURCE, maybe RESP_URI, maybe NO_RESP,
        maybe CRED, maybe META
    }
    SYNC_BODY sequence {
        some ADD | ALERT | ATOMIC | COPY | DELETE | EXEC | GET | MAP | MOVE | PUT | REPLACE | RESULTS | SEARCH | SEQUENCE
            | STATUS | SYNC,
        maybe FINAL
    }
    ITEM sequence {
        maybe TARGET, maybe SOURCE, maybe SOURCE_PARENT, maybe TARGET_PARENT, maybe META, maybe DATA, maybe MORE_DATA
    }
    META any {
        maybe MET_INF, maybe FIELD_LEVEL, maybe FORMAT, maybe TYPE, maybe MARK, maybe SIZE, maybe ANCHOR, maybe VERSION,
        maybe NEXT_NONCE, maybe MAX_MSG_SIZE, maybe MAX_OBJ_SIZE, many EMI, maybe MEM
    }
    MET_INF sequence {
        maybe FIELD_LEVEL, maybe FORMAT, maybe TYPE, maybe MARK, maybe SIZE, maybe ANCHOR, maybe VERSION,
        maybe NEXT_NONCE, maybe MAX_MSG_SIZE, maybe MAX_OBJ_SIZE, many EMI, maybe MEM
    }
    TARGET sequence { one LOC_URI, maybe LOC_NAME, maybe FILTER }
    SOURCE sequence { one LOC_URI, maybe LOC_NAME }
    ADD sequence { one CMD_ID, maybe NO_RESP, maybe CRED, maybe META, some ITEM }
    ALERT sequence { one CMD_ID, maybe NO_RESP, maybe CRED, maybe DATA, maybe CORRELATOR, many ITEM }
    ATOMIC sequence {
        one CMD_ID, maybe NO_RESP, maybe META,
        some ADD | ALERT | ATOMIC | COPY | DELETE | EXEC | GET | MAP | MOVE | REPLACE | SEQUENCE | SYNC
    }
    COPY sequence { one CMD_ID, maybe NO_RESP, maybe CRED, maybe META, some ITEM }
    DELETE sequence {
        one CMD_ID, maybe NO_RESP, maybe ARCHIVE, maybe SFT_DEL, maybe CRED, maybe META, some ITEM
    }
    // one item in the document type definition, at least one in the text of device management
    EXEC sequence { one CMD_ID, maybe NO_RESP, maybe CRED, maybe META, maybe CORRELATOR, some ITEM }
    GET sequence { one CMD_ID, maybe NO_RESP, maybe LANG, maybe CRED, maybe META, some ITEM }
    MAP sequence { one CMD_ID, one TARGET, one SOURCE, maybe CRED, maybe META, some MAP_ITEM }
    MAP_ITEM sequence { one TARGET, one SOURCE }
    MOVE sequence { one CMD_ID, maybe NO_RESP, maybe CRED, maybe META, some ITEM }
    PUT sequence { one CMD_ID, maybe NO_RESP, maybe LANG, maybe CRED, maybe META, some ITEM }
    REPLACE sequence { one CMD_ID, maybe NO_RESP, maybe CRED, maybe META, some ITEM }
    RESULTS sequence {
        one CMD_ID, maybe MSG_REF, one CMD_REF, maybe META, maybe TARGET_REF, maybe SOURCE_REF, some ITEM
    }
    SEARCH sequence {
        one CMD_ID, maybe NO_RESP, maybe NO_RESULTS, maybe CRED, maybe TARGET, some SOURCE, maybe LANG, one META,
        one DATA
    }
    SEQUENCE sequence {
        one CMD_ID, maybe NO_RESP, maybe META,
        some ADD | ALERT | ATOMIC | COPY | DELETE | EXEC | GET | MAP | MOVE | REPLACE | SYNC
    }
    STATUS sequence {
        one CMD_ID, one MSG_REF, one CMD_REF, one CMD, many TARGET_REF, many SOURCE_REF, maybe CRED, maybe CHAL,
        one DATA, many ITEM
    }
    SYNC sequence {
        one CMD_ID, maybe NO_RESP, maybe CRED, maybe TARGET, maybe SOURCE, maybe META, maybe NUMBER_OF_CHANGES,
        many ADD | ATOMIC | COPY | DELETE | MOVE | REPLACE | SEQUENCE
    }
    CHAL sequence { one META }
    CRED sequence { maybe META, one DATA }
    SOURCE_PARENT sequence { one LOC_URI }
    TARGET_PARENT sequence { one LOC_URI }
    FILTER sequence { one META, maybe FIELD, maybe RECORD, maybe FILTER_TYPE }
    FIELD sequence { one ITEM }
    RECORD sequence { one ITEM }
    ANCHOR sequence { maybe LAST, one NEXT }
    MEM sequence { maybe SHARED_MEM, one FREE_MEM, one FREE_ID }
}

const FLAGS: &[Tag] = &[ARCHIVE, FINAL, MORE_DATA, NO_RESP, NO_RESULTS, SFT_DEL, FIELD_LEVEL, SHARED_MEM];

/// What device management does not use (OMA DM Representation Protocol 1.2, 4.1 and 6).
const NOT_IN_DM: &[Tag] = &[
    ARCHIVE,
    FIELD,
    FILTER,
    FILTER_TYPE,
    LANG,
    MAP_ITEM,
    NO_RESP,
    NO_RESULTS,
    NUMBER_OF_CHANGES,
    RECORD,
    SFT_DEL,
    SOURCE_PARENT,
    TARGET_PARENT,
    ANCHOR,
    FIELD_LEVEL,
    MEM,
    VERSION,
];

const COMMANDS_NOT_IN_DM: &[Tag] = &[MAP, MOVE, PUT, SEARCH, SYNC];

/// What a client of device management sends (OMA DM Representation Protocol 1.2, 4.1).
const FROM_CLIENT: &[Tag] = &[ALERT, REPLACE, RESULTS, STATUS];

/// Commands without `SyncBody` around them.
pub(super) static COMMANDS: Model = Model {
    of: Start::CONTENT.tag,
    is_sequence: true,
    slots: &[
        Slot::many(&[
            ADD, ALERT, ATOMIC, COPY, DELETE, EXEC, GET, MAP, MOVE, PUT, REPLACE, RESULTS, SEARCH, SEQUENCE, STATUS,
            SYNC,
        ]),
        Slot::maybe(&[FINAL]),
    ],
};

/// A message without `SyncML` around it.
#[cfg(feature = "xml")]
pub(super) static PARTS: Model =
    Model { of: Start::CONTENT.tag, is_sequence: true, slots: &[Slot::maybe(&[SYNC_HDR]), Slot::maybe(&[SYNC_BODY])] };

/// What an element of this tag holds; `None` for one that SyncML does not know.
pub(super) fn content(tag: Tag) -> Option<Content> {
    if let Some(model) = MODELS.iter().find(|model| model.of == tag) {
        return Some(Content::Elements(model));
    }
    Some(match tag {
        DATA => Content::Data,
        _ if FLAGS.contains(&tag) => Content::Flag,
        _ if wbxml::vocabulary::syncml::SYNCML_1_2.tag_name(tag).is_some() && tag.page() < 2 => Content::Text,
        _ => return None,
    })
}

pub(super) fn is_command(tag: Tag) -> bool {
    COMMANDS.slots.first().is_some_and(|slot| slot.tags.contains(&tag))
}

pub(super) const fn is_group(tag: Tag) -> bool {
    matches!(tag, ATOMIC | SEQUENCE | SYNC)
}

pub(super) fn is_in_dm(tag: Tag) -> bool {
    !NOT_IN_DM.contains(&tag)
}

pub(super) fn is_dm_command(tag: Tag) -> bool {
    !COMMANDS_NOT_IN_DM.contains(&tag)
}

pub(super) fn is_from_client(tag: Tag) -> bool {
    FROM_CLIENT.contains(&tag)
}
