//! How important a generic alert is.

use core::fmt;

use wbxml::Text;

macro_rules! importances {
    ($( $(#[$doc:meta])* $importance:ident = $mark:literal; )*) => {
        /// How important a generic alert is: its `Mark` (OMA DM Protocol 1.2, 8.7). The least comes first.
        ///
        /// ```
        /// use syncml::Importance;
        /// use wbxml::Text;
        ///
        /// assert_eq!(Importance::of(Some(&Text::new("critical"))), Some(Importance::Critical));
        /// assert_eq!(Importance::of(None), Some(Importance::Informational));
        /// assert!(Importance::Fatal > Importance::Critical);
        /// ```
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Importance {
            $( $(#[$doc])* $importance, )*
        }

        impl Importance {
            /// All, the least important first.
            pub const ALL: &'static [Self] = &[$( Self::$importance ),*];

            /// What stands in `Mark`.
            #[must_use]
            pub const fn mark(self) -> &'static str {
                match self {
                    $( Self::$importance => $mark, )*
                }
            }
        }
    };
}

importances! {
    /// Nobody can say.
    Indeterminate = "indeterminate";
    /// It does no harm.
    Harmless = "harmless";
    /// For information: that of an alert without a `Mark`.
    #[default]
    Informational = "informational";
    /// Something is going to be wrong.
    Warning = "warning";
    /// Something small is wrong.
    Minor = "minor";
    /// Something important is wrong.
    Critical = "critical";
    /// Nothing works any more.
    Fatal = "fatal";
}

impl Importance {
    /// What a `Mark` says, or that there is none; `None`, if it says something else, as those of data synchronisation do.
    #[must_use]
    pub fn of(mark: Option<&Text<'_>>) -> Option<Self> {
        match mark {
            None => Some(Self::default()),
            Some(mark) => Self::ALL.iter().copied().find(|importance| *mark == importance.mark()),
        }
    }
}

impl fmt::Display for Importance {
    /// Writes what stands in `Mark`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.mark())
    }
}
