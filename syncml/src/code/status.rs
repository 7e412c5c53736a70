//! Status codes (SyncML Representation Protocol 1.2, response status codes; OMA DM Representation Protocol 1.2, 10).

use super::codes;

/// What became of a command, by the first digit of the status code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StatusClass {
    /// 1xx: the command is being worked on, its outcome follows.
    Informational,
    /// 2xx: the command was carried out, or will be.
    Success,
    /// 3xx: something else is to be done first.
    Redirection,
    /// 4xx: the sender of the command has to change it, or to do without it.
    Originator,
    /// 5xx: the recipient could not carry out a command that may be right.
    Recipient,
}

codes! {
    /// A status code: what became of a command.
    ///
    /// A number that nobody knows is a code too; its [`class`](Self::class) says how to go on.
    ///
    /// ```
    /// use syncml::{StatusClass, StatusCode};
    ///
    /// let code: StatusCode = "418".parse()?;
    /// assert_eq!(code, StatusCode::ALREADY_EXISTS);
    /// assert_eq!(code.name(), Some("Already exists"));
    /// assert_eq!(code.class(), Some(StatusClass::Originator));
    ///
    /// // one of no specification
    /// assert_eq!(StatusCode::new(499).name(), None);
    /// assert_eq!(StatusCode::new(499).class(), Some(StatusClass::Originator));
    /// # Ok::<(), syncml::ParseCodeError>(())
    /// ```
    StatusCode:
    101 IN_PROGRESS = "In progress", "the command is being worked on, its outcome follows";
    200 OK = "OK", "the command was carried out; the user says yes, or has answered";
    201 ITEM_ADDED = "Item added", "the item was not there and has been added";
    202 ACCEPTED_FOR_PROCESSING = "Accepted for processing", "the command will be carried out, or runs; an alert may tell its outcome";
    203 NON_AUTHORITATIVE_RESPONSE = "Non-authoritative response", "the answer comes from somebody else's copy";
    204 NO_CONTENT = "No content", "the command was carried out, and there is nothing to hand over";
    205 RESET_CONTENT = "Reset content", "the sender has to bring its copy up to date";
    206 PARTIAL_CONTENT = "Partial content", "a part of what was asked for was carried out";
    207 CONFLICT_MERGED = "Conflict resolved with merge", "both sides had changed the item; the changes were merged";
    208 CONFLICT_CLIENT_WINS = "Conflict resolved, client winning", "both sides had changed the item; the client's is kept";
    209 CONFLICT_DUPLICATED = "Conflict resolved with duplicate", "both sides had changed the item; there are two now";
    210 DELETED_WITHOUT_ARCHIVE = "Delete without archive", "the item was deleted, but not archived";
    211 ITEM_NOT_DELETED = "Item not deleted", "there was no such item to delete";
    212 AUTHENTICATION_ACCEPTED = "Authentication accepted", "the credentials hold for the rest of the session";
    213 CHUNKED_ITEM_ACCEPTED = "Chunked item accepted and buffered", "a chunk of a large object was taken; the next one may come";
    214 OPERATION_CANCELLED = "Operation cancelled", "the user, or a later command, has cancelled it";
    215 NOT_EXECUTED = "Not executed", "something before it in its group, or the user, kept it from being carried out";
    216 ATOMIC_ROLL_BACK_OK = "Atomic roll back OK", "the command was undone, because its Atomic failed";
    300 MULTIPLE_CHOICES = "Multiple choices", "there are several of what was asked for";
    301 MOVED_PERMANENTLY = "Moved permanently", "what was asked for is somewhere else from now on";
    302 FOUND = "Found", "what was asked for is somewhere else for the time being";
    303 SEE_OTHER = "See other", "the answer is somewhere else";
    304 NOT_MODIFIED = "Not modified", "the item has not changed; the user says no";
    305 USE_PROXY = "Use proxy", "what was asked for is to be had through a proxy";
    400 BAD_REQUEST = "Bad request", "the command is malformed";
    401 INVALID_CREDENTIALS = "Invalid credentials", "the credentials are wrong; a challenge comes with it";
    402 PAYMENT_NEEDED = "Payment needed", "somebody has to pay first";
    403 FORBIDDEN = "Forbidden", "the recipient does not do that, whoever asks";
    404 NOT_FOUND = "Not found", "what the command is about is not there";
    405 COMMAND_NOT_ALLOWED = "Command not allowed", "what the command is about does not have this command";
    406 OPTIONAL_FEATURE_NOT_SUPPORTED = "Optional feature not supported", "the recipient does not have what the command needs";
    407 MISSING_CREDENTIALS = "Missing credentials", "there are no credentials; a challenge comes with it";
    408 REQUEST_TIMEOUT = "Request timeout", "something, or the user, took too long";
    409 CONFLICT = "Conflict", "both sides had changed the item, and nobody decided";
    410 GONE = "Gone", "what was asked for was there and is not any more";
    411 SIZE_REQUIRED = "Size required", "the data's size has to stand in Meta";
    412 INCOMPLETE_COMMAND = "Incomplete command", "something is missing in the command";
    413 REQUEST_ENTITY_TOO_LARGE = "Request entity too large", "the data is larger than the recipient takes";
    414 URI_TOO_LONG = "URI too long", "the address is longer or deeper than the recipient takes";
    415 UNSUPPORTED_MEDIA_TYPE_OR_FORMAT = "Unsupported media type or format", "the recipient knows nothing of data of this type or format";
    416 REQUESTED_SIZE_TOO_BIG = "Requested size too big", "the size that was announced is more than the recipient takes, or can show";
    417 RETRY_LATER = "Retry later", "the same may work at another time";
    418 ALREADY_EXISTS = "Already exists", "what was to be added, or its name, is there already";
    419 CONFLICT_SERVER_WINS = "Conflict resolved with server data", "both sides had changed the item; the server's is kept";
    420 DEVICE_FULL = "Device full", "there is no room left";
    421 UNKNOWN_SEARCH_GRAMMAR = "Unknown search grammar", "the recipient knows nothing of the grammar of this search";
    422 BAD_CGI_SCRIPT = "Bad CGI script", "the script in the address is wrong";
    423 SOFT_DELETE_CONFLICT = "Soft-delete conflict", "an item that was deleted softly is asked for";
    424 SIZE_MISMATCH = "Size mismatch", "a large object is not as large as was announced";
    425 PERMISSION_DENIED = "Permission denied", "the access control list does not grant that";
    426 PARTIAL_ITEM_NOT_ACCEPTED = "Partial item not accepted", "the recipient takes whole items only (SyncML 1.2)";
    427 ITEM_NOT_EMPTY = "Item not empty", "the item to be deleted has others in it (SyncML 1.2)";
    428 MOVE_FAILED = "Move failed", "the item could not be moved (SyncML 1.2)";
    500 COMMAND_FAILED = "Command failed", "something unexpected kept the command from being carried out";
    501 COMMAND_NOT_IMPLEMENTED = "Command not implemented", "the recipient does not have this command";
    502 BAD_GATEWAY = "Bad gateway", "somebody behind the recipient answered nonsense";
    503 SERVICE_UNAVAILABLE = "Service unavailable", "the recipient has too much to do";
    504 GATEWAY_TIMEOUT = "Gateway timeout", "somebody behind the recipient did not answer in time";
    505 DTD_VERSION_NOT_SUPPORTED = "DTD version not supported", "the recipient knows nothing of this VerDTD";
    506 PROCESSING_ERROR = "Processing error", "the application behind the recipient had an error";
    507 ATOMIC_FAILED = "Atomic failed", "a command of the Atomic failed, so none counts";
    508 REFRESH_REQUIRED = "Refresh required", "everything has to be synchronised anew";
    509 RESERVED_509 = "Reserved", "kept for later";
    510 DATA_STORE_FAILURE = "Data store failure", "the store of the data failed";
    511 SERVER_FAILURE = "Server failure", "the server failed badly";
    512 SYNCHRONIZATION_FAILED = "Synchronization failed", "the synchronisation failed";
    513 PROTOCOL_VERSION_NOT_SUPPORTED = "Protocol version not supported", "the recipient knows nothing of this VerProto";
    514 OPERATION_CANCELLED_PENDING = "Operation cancelled", "the command was cancelled with others still open";
    516 ATOMIC_ROLL_BACK_FAILED = "Atomic roll back failed", "the command's Atomic failed, and the command could not be undone";
    517 ATOMIC_RESPONSE_TOO_LARGE = "Atomic response too large to fit", "the answers to the Atomic do not fit into one message";
}

impl StatusCode {
    /// The class, by the number alone: of 100 to 599 by the first digit, of an application's own from 1100 to 1599 by
    /// the second; `None` for all others.
    #[must_use]
    pub const fn class(self) -> Option<StatusClass> {
        Some(match self.get() {
            100..200 | 1100..1200 => StatusClass::Informational,
            200..300 | 1200..1300 => StatusClass::Success,
            300..400 | 1300..1400 => StatusClass::Redirection,
            400..500 | 1400..1500 => StatusClass::Originator,
            500..600 | 1500..1600 => StatusClass::Recipient,
            _ => return None,
        })
    }

    /// Whether the number belongs to the applications: 1000 to 1999.
    #[must_use]
    pub const fn is_application_specific(self) -> bool {
        matches!(self.get(), 1000..2000)
    }

    /// Whether another status for the same command follows: it is [`Informational`](StatusClass::Informational).
    #[must_use]
    pub const fn is_provisional(self) -> bool {
        matches!(self.class(), Some(StatusClass::Informational))
    }

    /// Whether the class is [`Success`](StatusClass::Success). That alone does not say that the command was carried
    /// out: see [`NOT_EXECUTED`](Self::NOT_EXECUTED), [`ATOMIC_ROLL_BACK_OK`](Self::ATOMIC_ROLL_BACK_OK) and
    /// [`OPERATION_CANCELLED`](Self::OPERATION_CANCELLED).
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self.class(), Some(StatusClass::Success))
    }
}
