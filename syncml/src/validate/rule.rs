//! The rules in rows: what is wrong, how bad it is for who sends and for who receives, and what receivers do.

use core::fmt;

use super::Role;
use crate::code::StatusCode;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "three are enough")]
pub enum Severity {
    /// Nothing is wrong; somebody may want to know.
    Note,
    /// Receivers cope with it, in different ways.
    Warning,
    /// Something of the message is lost or means nothing.
    Error,
}

/// What a receiver does about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// Takes it as it stands.
    Accept,
    /// Takes one of them: the first or the last.
    TakeOne,
    /// Passes over the element, with all that is in it.
    IgnoreElement,
    /// Does not carry out the command, or the message, and answers it with this status.
    Answer(StatusCode),
    /// Gives up: what follows cannot be read.
    GiveUp,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Accept => "receivers take it as it is",
            Self::TakeOne => "receivers take one of them",
            Self::IgnoreElement => "receivers pass over the element",
            Self::Answer(code) => {
                write!(f, "the answer is {}", code.get())?;
                return code.name().map_or(Ok(()), |name| write!(f, " ({name})"));
            }
            Self::GiveUp => "receivers give up",
        })
    }
}

struct Row {
    sender: Severity,
    receiver: Severity,
    action: Action,
    text: &'static str,
}

macro_rules! action {
    (Answer $code:ident) => {
        Action::Answer(StatusCode::$code)
    };
    ($action:ident) => {
        Action::$action
    };
}

macro_rules! rules {
    ($( $(#[$doc:meta])* $rule:ident: $sender:ident, $receiver:ident, $action:ident $($code:ident)?, $text:literal; )*) => {
        /// A rule for messages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $( $(#[$doc])* #[doc = concat!("\n\n“", $text, "”")] $rule, )*
        }

        impl Rule {
            /// All rules.
            pub const ALL: &'static [Self] = &[$( Self::$rule ),*];

            const fn row(self) -> Row {
                match self {
                    $( Self::$rule => Row {
                        sender: Severity::$sender,
                        receiver: Severity::$receiver,
                        action: action!($action $($code)?),
                        text: $text,
                    }, )*
                }
            }
        }
    };
}

// "Representation" is the SyncML Representation Protocol, "DM Representation" the OMA DM Representation Protocol 1.2,
// "DM Protocol" the OMA DM Protocol 1.2
rules! {
    /// The octets are no document, or hold text where elements have to stand: [`Finding::error`](super::Finding::error)
    /// says what.
    Unreadable: Error, Error, GiveUp, "cannot be read any further";
    /// The root is not `SyncML` (Representation, `SyncML`).
    NotAMessage: Error, Error, GiveUp, "is not the root of a message";
    /// There are more findings than are listed.
    TooMany: Error, Error, Accept, "has more findings than are listed";
    /// The message is larger than its receiver takes (SyncML Meta-Information, `MaxMsgSize`).
    MessageTooLarge: Error, Error, Answer REQUEST_ENTITY_TOO_LARGE, "is larger than MaxMsgSize";

    /// An element that must be there (Representation, document type definition).
    Missing: Error, Warning, Answer BAD_REQUEST, "is missing";
    /// An element that may stand once (Representation, document type definition).
    Repeated: Error, Warning, TakeOne, "stands more than once";
    /// Senders keep the order; receivers do not need it (Representation, document type definition).
    OutOfOrder: Error, Note, Accept, "stands behind an element that it has to precede";
    /// An element of SyncML in another one that does not have it (Representation, document type definition).
    Misplaced: Error, Warning, IgnoreElement, "may not stand here";
    /// An element that SyncML does not know.
    UnknownElement: Warning, Note, IgnoreElement, "is no element of SyncML";
    /// An element among the commands that SyncML does not know.
    UnknownCommand: Error, Warning, Answer BAD_REQUEST, "is no command";
    /// An element that came with a later version than that of the message.
    NotInVersion: Error, Note, Accept, "is not in this version of SyncML";
    /// A flag is an empty element (Representation, document type definition).
    FlagWithContent: Warning, Note, Accept, "is a flag and has content";
    /// An element that has to say something and is empty.
    NoValue: Error, Warning, Answer BAD_REQUEST, "has no value";
    /// Octets that are no text where there has to be some.
    NotText: Error, Error, Answer BAD_REQUEST, "is no text";
    /// Digits and nothing else.
    NotDecimal: Error, Warning, Answer BAD_REQUEST, "is no decimal number";

    /// `VerDTD` is `1.0`, `1.1` or `1.2` (Representation, `VerDTD`).
    UnknownVerDtd: Error, Error, Answer DTD_VERSION_NOT_SUPPORTED, "is no known version";
    /// `VerProto` is a protocol and its version (Representation, `VerProto`).
    UnknownVerProto: Error, Error, Answer PROTOCOL_VERSION_NOT_SUPPORTED, "is no known protocol";
    /// Each protocol has its representation: `DM/1.2` that of `1.2` (Representation, `VerProto`).
    VersionsDiffer: Error, Warning, Accept, "is not that of the protocol in VerProto";
    /// The namespace, or the public identifier, is that of another version (Representation, document type definition).
    OtherVocabulary: Error, Note, Accept, "is not the version of the document's namespace or public identifier";
    /// `MsgID` counts the messages from 1 (Representation, `MsgID`).
    BadMsgId: Error, Warning, Accept, "is no positive decimal number";

    /// 0 is the header (Representation, `CmdID`).
    ZeroCmdId: Error, Warning, Answer BAD_REQUEST, "is 0, which stands for the header";
    /// Each command of a message has its own (Representation, `CmdID`).
    RepeatedCmdId: Error, Warning, Accept, "is that of another command too";

    /// Device management does not use the element (DM Representation, 4.1).
    NotInDm: Warning, Note, IgnoreElement, "is not used in device management";
    /// Device management does not have the command (DM Representation, 4.1).
    CommandNotInDm: Error, Warning, Answer COMMAND_NOT_IMPLEMENTED, "is no command of device management";
    /// A client sends `Alert`, `Replace`, `Results` and `Status`; a server does not send `Results` (DM Representation, 4.1).
    WrongParty: Error, Warning, Answer COMMAND_NOT_ALLOWED, "is not sent by this side";
    /// A client replaces its device information and nothing else (DM Protocol, packages).
    OutsideDevInfo: Error, Warning, Answer COMMAND_NOT_ALLOWED, "is no node that a client replaces";
    /// `Get` and `Atomic` in an `Atomic` of device management (DM Representation, `Atomic`).
    NotInAtomic: Error, Error, Answer COMMAND_FAILED, "may not stand in an Atomic";
    /// `Exec` and `Sequence` in an `Atomic` are not among what device management lists (DM Representation, `Atomic`).
    UnusualInAtomic: Warning, Note, Accept, "is unusual in an Atomic";
    /// In XML, device management escapes what is no part of the message, or puts it into CDATA (DM Representation, `Data`).
    UnescapedMarkup: Error, Note, Accept, "holds elements that are not escaped";

    /// A message that answers another one says what became of its header (Representation, `Status`).
    NoHeaderStatus: Warning, Note, Accept, "has no status of a header beside the others";
    /// The status of the header comes first (Representation, `Status`).
    HeaderStatusNotFirst: Warning, Note, Accept, "is that of the header and is not the first";
    /// Each message that is answered has one status of its header (Representation, `Status`).
    RepeatedHeaderStatus: Error, Warning, Accept, "is a second one of the same header";
    /// `CmdRef` is 0 where `Cmd` is `SyncHdr`, and nowhere else (Representation, `CmdRef`).
    HeaderReference: Error, Warning, Accept, "is 0 for SyncHdr and for nothing else";
    /// Nobody answers a status (Representation, `Status`).
    StatusForStatus: Error, Warning, IgnoreElement, "answers a Status";
    /// Nobody says that results are fine (DM Representation, `Results`).
    StatusForResults: Warning, Note, Accept, "answers Results with 200";
    /// The status of a `Get` comes before its results (DM Representation, `Results`).
    StatusBehindResults: Warning, Note, Accept, "stands behind the Results of the same command";
    /// `Cmd` is the name of what is answered (Representation, `Cmd`).
    UnknownCmd: Warning, Note, Accept, "is no name of a command";
    /// The MAC goes into a header of the transport (DM Security).
    MacInCred: Error, Warning, Answer INVALID_CREDENTIALS, "is a scheme that Cred does not have";
    /// Digests are sent in base64 (DM Security).
    Md5WithoutB64: Error, Note, Accept, "is not b64, as the credentials are";
    /// A challenge says which scheme it wants, and with which nonce, where that needs one (DM Security).
    IncompleteChallenge: Error, Warning, Accept, "is missing, which the challenge needs";
    /// Who refuses credentials says which it wants (DM Security).
    NoChallenge: Warning, Note, Accept, "is missing, which belongs to 401 and 407";
    /// A number that is in no register, or one that is kept for later.
    UnknownStatus: Warning, Note, Accept, "is no registered status code";

    /// A number that is in no register, or one that is kept for later.
    UnknownAlert: Warning, Note, Answer OPTIONAL_FEATURE_NOT_SUPPORTED, "is no registered alert code";
    /// Device management and data synchronisation have codes of their own (DM Representation, 4.2).
    OtherAlert: Error, Warning, Answer OPTIONAL_FEATURE_NOT_SUPPORTED, "is an alert code of another protocol";
    /// An alert for the user has an item for options and one for the text, and further ones to choose from; a generic
    /// alert has one (DM Protocol, alerts).
    TooFewItems: Error, Warning, Answer INCOMPLETE_COMMAND, "has too few items for its code";
    /// The type of a generic alert says what happened (DM Protocol, 8.7).
    NoAlertType: Error, Warning, Answer UNSUPPORTED_MEDIA_TYPE_OR_FORMAT, "is missing, which a generic alert needs";
    /// The type of a generic alert is a URN or has the name of a domain in it (DM Protocol, 8.7).
    OddAlertType: Warning, Note, Accept, "is no type of a generic alert";

    /// An item for the tree says which node (Representation, `Item`).
    NoAddress: Error, Warning, Answer NOT_FOUND, "has neither Target nor Source";
    /// The address of a node is one: a path from the root, of segments that are not empty (OMA DM Tree and Description).
    BadAddress: Error, Warning, Answer NOT_FOUND, "is no address of a node";
    /// A format that device management does not have (DM Representation, `Format`).
    UnknownFormat: Error, Warning, Answer UNSUPPORTED_MEDIA_TYPE_OR_FORMAT, "is no known format";
    /// A format that came with a later version of device management.
    FormatNotInVersion: Error, Note, Answer UNSUPPORTED_MEDIA_TYPE_OR_FORMAT, "is a format of a later version";
    /// A leaf has data unless its format is `null` (DM Representation, `Data`).
    NoData: Warning, Note, Accept, "is missing, which its format needs";
    /// `null` has no data, and an interior node has none when it is made.
    UnexpectedData: Error, Warning, Answer COMMAND_FAILED, "is there, which its format does not have";
    /// The data is not what its format says.
    MalformedData: Error, Warning, Answer COMMAND_FAILED, "is no value of its format";
    /// `true` and `false` are `bool`; `1` and `0` are understood (DM Representation, `Format`).
    OddBool: Warning, Note, Accept, "is neither true nor false, but 1 or 0";
    /// XML carries no octets: they are sent as `b64` (DM Representation, `Format`).
    BinInXml: Error, Warning, Accept, "is bin, which XML cannot carry";

    /// An object is larger than its receiver takes (SyncML Meta-Information, `MaxObjSize`).
    ObjectTooLarge: Error, Error, Answer REQUEST_ENTITY_TOO_LARGE, "is larger than MaxObjSize";
    /// The first chunk says how large the object is (DM Protocol, large objects).
    NoSize: Error, Error, Answer SIZE_REQUIRED, "is missing, which the first chunk of an object needs";
    /// A later chunk does not say it again (DM Protocol, large objects).
    SizeRepeated: Warning, Note, Accept, "stands in a chunk that is not the first";
    /// The first chunk alone is larger than the whole is said to be (DM Protocol, large objects).
    SizeMismatch: Error, Error, Answer SIZE_MISMATCH, "is larger than its Size";
    /// Nothing comes between two chunks (DM Protocol, large objects).
    BehindChunk: Error, Warning, Accept, "stands behind a chunk whose object goes on";
    /// A package does not end within a large object (DM Protocol, large objects).
    FinalInObject: Error, Warning, Accept, "stands in a message whose large object goes on";
    /// Who asks for the next message is not at the end of a package (DM Protocol, packages).
    FinalWithNextMessage: Warning, Note, Accept, "stands beside an alert that asks for the next message";
    /// The message that gives up a session is the last of its package (DM Protocol, packages).
    AbortWithoutFinal: Warning, Note, Accept, "is missing, which belongs to the end of a session";
}

impl Rule {
    /// How bad breaking the rule is.
    #[must_use]
    pub const fn severity(self, role: Role) -> Severity {
        match role {
            Role::Sender => self.row().sender,
            Role::Receiver => self.row().receiver,
        }
    }

    /// What a receiver does about it.
    #[must_use]
    pub const fn action(self) -> Action {
        self.row().action
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().text)
    }
}
