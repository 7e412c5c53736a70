//! How much work it is to find what pays: counted in tests, nothing elsewhere.

#[cfg(all(test, feature = "std"))]
std::thread_local! {
    static STEPS: core::cell::Cell<usize> = const { core::cell::Cell::new(0) };
}

/// Counts this many steps.
#[cfg(all(test, feature = "std"))]
pub(super) fn step(steps: usize) {
    STEPS.with(|all| all.set(all.get().saturating_add(steps)));
}

/// Counts nothing.
#[cfg(not(all(test, feature = "std")))]
#[inline(always)]
pub(super) const fn step(_: usize) {}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::STEPS;
    use crate::{Emit, Encode, Encoder, Start, Tag, WriteError};
    use alloc::string::String;
    use alloc::vec::Vec;
    use alloc::{format, vec};

    struct Texts(Vec<String>);

    impl Encode for Texts {
        fn encode<E: Emit>(&self, out: &mut E) -> Result<(), WriteError> {
            out.start(Start::new(Tag::new(0, 5)))?;
            self.0.iter().try_for_each(|text| out.leaf(Tag::new(0, 6), text))?;
            out.end()
        }
    }

    /// Texts of a shape, by their number.
    type Shape = fn(usize) -> Vec<String>;

    fn steps(texts: Vec<String>) -> usize {
        STEPS.set(0);
        let length = Encoder::new(&crate::Vocabulary::EMPTY).encoded_len(&Texts(texts));
        assert!(length.is_ok(), "{length:?}");
        STEPS.get()
    }

    /// Four times the input is not much more than four times the work: it is n log n, and the logarithm is small. A
    /// search that looks at each string for each other one would take sixteen times as much.
    #[test]
    fn work_grows_with_the_input() {
        let shapes: [(&str, Shape); 5] = [
            ("many distinct strings", |count| {
                (0..count).map(|n| format!("{:x}", n.wrapping_mul(0x9E37_79B9))).collect()
            }),
            ("distinct strings with one beginning", |count| {
                (0..count).map(|n| format!("./Vendor/Node/{n:06}")).collect()
            }),
            ("one string again and again", |count| vec![String::from("./DevDetail/FwV"); count]),
            ("each string twice", |count| (0..count).map(|n| format!("{:08x}", n / 2)).collect()),
            ("one letter", |count| vec!["a".repeat(count)]),
        ];
        for (what, texts) in shapes {
            let (small, large) = (steps(texts(1500)), steps(texts(6000)));
            assert!(
                small > 0 && large <= small.saturating_mul(6),
                "{what}: {small} steps, {large} for four times as much"
            );
        }
    }
}
