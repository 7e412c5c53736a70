//! Documents as deep as the limits allow: nothing may recurse, and nothing may take more than linear time.

use omacp::ProvisioningDoc;
use wbxml::{Limit, Limits};

const DEPTH: usize = 100_000;
const LIMITS: Limits = Limits { depth: 1 << 20, ..Limits::DEFAULT };

#[test]
fn a_deep_document_is_built_and_read_and_written() {
    let mut builder = ProvisioningDoc::builder();
    for _ in 0..DEPTH {
        builder.start("NAPDEF").flag("INTERNET");
    }
    let built = builder.build();
    let octets = built.to_wbxml().unwrap();
    let document = ProvisioningDoc::parse_with(&octets, LIMITS).unwrap();
    survives(&document);
    assert_eq!(document, built);

    let mut depth = 0;
    let mut next = document.characteristics().next();
    while let Some(characteristic) = next {
        assert_eq!(characteristic.parms().count(), 1);
        next = characteristic.characteristics().next();
        depth += 1;
    }
    assert_eq!(depth, DEPTH);

    let error = ProvisioningDoc::parse(&octets).unwrap_err();
    assert_eq!(error.kind(), omacp::ErrorKind::Document(wbxml::ErrorKind::Limit(Limit::Depth)));
    #[cfg(feature = "xml")]
    {
        let xml = document.to_xml().unwrap();
        assert_eq!(ProvisioningDoc::parse_with(xml.as_bytes(), LIMITS).unwrap(), document);
    }
}

#[test]
fn a_deep_element_that_is_foreign_is_kept() {
    let mut octets = b"\x03\x0B\x6A\x02v\0\x45".to_vec();
    octets.extend(b"\x44\x00\x03a\0".repeat(DEPTH));
    octets.extend(b"\x01".repeat(DEPTH + 1));
    let document = ProvisioningDoc::parse_with(&octets, LIMITS).unwrap();
    survives(&document);
    assert_eq!(document.to_wbxml().unwrap(), octets);
}

fn survives(document: &ProvisioningDoc<'_>) {
    assert_eq!(document.clone(), *document);
    assert!(format!("{document:?}").len() > DEPTH);
}
