//! The rules in rows: what is wrong, how bad it is by the letter and in the field, and what clients do.

use core::fmt;

/// How strictly a document is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there are these two")]
pub enum Strictness {
    /// By the letter of the specification: for who sends documents.
    Strict,
    /// As clients in the field look at them: what real operators send is no error.
    Field,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "three are enough")]
pub enum Severity {
    /// Nothing is wrong; somebody may want to know.
    Note,
    /// Clients cope with it, in different ways.
    Warning,
    /// Something of the document is lost or means nothing.
    Error,
}

/// What a client that does not give up does about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// Takes it as it stands.
    Accept,
    /// Passes over the parm.
    IgnoreParm,
    /// Passes over the element, with all that is in it.
    IgnoreElement,
    /// Passes over the characteristic, with all that is in it.
    IgnoreCharacteristic,
    /// Takes the first one and passes over this one.
    FirstWins,
    /// Adds what the first one has not.
    Merge,
    /// Passes over the reference, unless the phone has what it refers to.
    IgnoreReference,
    /// Refuses the document.
    Refuse,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Accept => "clients take it as it is",
            Self::IgnoreParm => "clients pass over the parm",
            Self::IgnoreElement => "clients pass over the element",
            Self::IgnoreCharacteristic => "clients pass over the characteristic",
            Self::FirstWins => "clients take the first one",
            Self::Merge => "clients add what is new to the first one",
            Self::IgnoreReference => "clients pass over the reference",
            Self::Refuse => "clients refuse the document",
        })
    }
}

struct Row {
    strict: Severity,
    field: Severity,
    action: Action,
    text: &'static str,
}

macro_rules! rules {
    ($( $(#[$doc:meta])* $rule:ident: $strict:ident, $field:ident, $action:ident, $text:literal; )*) => {
        /// A rule for documents.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
                        strict: Severity::$strict,
                        field: Severity::$field,
                        action: Action::$action,
                        text: $text,
                    }, )*
                }
            }
        }
    };
}

rules! {
    /// A document has at least one characteristic (document type definition).
    Empty: Error, Error, Refuse, "holds no characteristic";
    /// The root may have a version; many operators leave it out.
    NoVersion: Note, Note, Accept, "has no version";
    /// The version is `1.0`; operators have sent `1.01.0`.
    OddVersion: Warning, Note, Accept, "has an unusual version";
    /// Clients refuse another major version.
    OtherVersion: Error, Error, Refuse, "is of a version whose major number is not 1";
    /// A parm outside of a characteristic, an element that is neither, something inside a parm (document type definition).
    Misplaced: Error, Warning, IgnoreElement, "holds an element that may not stand here";
    /// A type that the specification does not know, or not here.
    UnknownCharacteristic: Warning, Note, IgnoreCharacteristic, "may not stand here or is of an unknown type";
    /// A parm that the characteristic does not have.
    UnknownParm: Warning, Note, IgnoreParm, "is no parm of this characteristic";
    /// A parm that is none of those that the application has registered.
    UnknownApplicationParm: Note, Note, Accept, "is no parm that this application has registered";
    /// A parm that must be there.
    MissingParm: Error, Error, IgnoreCharacteristic, "is missing";
    /// `PHYSICAL-PROXY-ID` must be there; real operators leave it out.
    MissingPhysicalProxyId: Error, Warning, Accept, "is missing";
    /// A proxy has an address.
    NoPhysicalProxy: Error, Warning, IgnoreCharacteristic, "is missing";
    /// A parm that may stand once.
    RepeatedParm: Error, Warning, FirstWins, "stands more than once";
    /// A parm that stands more often than it may: four times, for domains.
    TooMany: Warning, Note, Accept, "stands more often than it may";
    /// The same value a second time.
    RepeatedValue: Note, Note, FirstWins, "has a value that it had before";
    /// A parm without a value that needs one.
    NoValue: Error, Warning, IgnoreParm, "has no value";
    /// A value without a character, where nobody can know what that means: an empty inline string.
    EmptyValue: Warning, Note, Accept, "has an empty value";
    /// A value, or a name, whose octets are no text.
    NotText: Error, Error, IgnoreParm, "is no text";
    /// A flag has no value.
    FlagWithValue: Warning, Note, Accept, "is a flag and has a value";
    /// Digits and nothing else, up to 2³²−1.
    NotDecimal: Error, Error, IgnoreParm, "is no decimal number";
    /// Hexadecimal digits and nothing else, up to 2³²−1.
    NotHexadecimal: Error, Error, IgnoreParm, "is no hexadecimal number";
    /// A number that is too large: a port above 65535, `CONTEXT-ALLOW` above 255.
    OutOfRange: Error, Error, IgnoreParm, "is out of range";
    /// A value that is none of those that the parm has.
    UnknownValue: Warning, Note, Accept, "has a value that is not among the known ones";
    /// An address that is none of its type: an IPv4 address has four numbers up to 255.
    NotAnAddress: Error, Warning, Accept, "is no address of its type";
    /// `010.001.001.001`: some take it for octal.
    LeadingZeros: Warning, Note, Accept, "is an address with leading zeros";
    /// Two proxies of one name are one.
    DuplicateProxy: Error, Warning, Merge, "is that of another proxy too";
    /// Two characteristics of one identity.
    Duplicate: Error, Warning, FirstWins, "is that of another characteristic too";
    /// A document has one `CLIENTIDENTITY`.
    SecondClientIdentity: Error, Warning, FirstWins, "stands more than once";
    /// There is one trusted provisioning server.
    SecondServer: Error, Warning, FirstWins, "names a second provisioning server";
    /// A network code says nothing without its country.
    NetworkWithoutCountry: Error, Warning, IgnoreCharacteristic, "stands without a COUNTRY";
    /// An SID says nothing without its SOC.
    SidWithoutSoc: Error, Warning, IgnoreCharacteristic, "stands without an SOC";
    /// What a provisioning server says is not bound to a network.
    ServerWithNetwork: Warning, Note, IgnoreParm, "stands beside a PROVURL";
    /// `RULE` comes first.
    RuleNotFirst: Error, Warning, IgnoreCharacteristic, "does not stand in front of all other parms";
    /// References come last.
    TargetNotLast: Error, Warning, IgnoreCharacteristic, "stands behind a reference to an access point or a proxy";
    /// An `ACCESS` without a reference grants nothing.
    NoTarget: Error, Warning, IgnoreCharacteristic, "names no access point and no proxy";
    /// A reference to something that is not in the document: it may be on the phone.
    Dangling: Warning, Note, IgnoreReference, "refers to something that is not in the document";
    /// Applications that build on each other.
    Cycle: Error, Warning, IgnoreReference, "refers to something that refers back to it";
    /// Something that the application needs.
    ApplicationNeeds: Error, Warning, IgnoreCharacteristic, "is missing, which this application needs";
    /// The application has one or the other, not both.
    TwoKindsOfAddress: Error, Warning, IgnoreParm, "stands beside an APPADDR, which this application may not have";
    /// The application is in no register.
    UnknownApplication: Note, Note, Accept, "names an application that is in no register";
}

impl Rule {
    /// How bad breaking the rule is.
    #[must_use]
    pub const fn severity(self, strictness: Strictness) -> Severity {
        match strictness {
            Strictness::Strict => self.row().strict,
            Strictness::Field => self.row().field,
        }
    }

    /// What a client that does not give up does about it: [`ProvisioningDoc::pruned`](crate::ProvisioningDoc::pruned).
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
