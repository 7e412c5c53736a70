//! Other services that come by push: their vocabularies, to show them.

use wbxml::vocabulary::{AttributePage, TagPage};
use wbxml::{AttrStart, AttrValue, Tag, Vocabulary};

/// A vocabulary of one code page.
macro_rules! service {
    (
        $(#[$doc:meta])* $vocabulary:ident = $name:literal, $public_id:literal, $formal_public_id:literal, $root:literal;
        tags { $($tag:literal $element:literal;)* }
        attributes { $($start:literal $attribute:literal, $prefix:literal;)* }
        values { $($value:literal $string:literal;)* }
    ) => {
        $(#[$doc])*
        pub(crate) static $vocabulary: Vocabulary<'static> = Vocabulary {
            name: $name,
            public_id: $public_id,
            formal_public_id: $formal_public_id,
            root: $root,
            tag_pages: &[TagPage::checked(0, "", &[&[$((Tag::new(0, $tag), $element)),*]])],
            attribute_pages: &[AttributePage::checked(
                0,
                &[$((AttrStart::new(0, $start), $attribute, $prefix)),*],
                &[$((AttrValue::new(0, $value), $string)),*],
            )],
            ..Vocabulary::EMPTY
        };
    };
}

service! {
    /// Service indication (WAP-167-ServiceInd).
    SI = "SI 1.0", 0x05, "-//WAPFORUM//DTD SI 1.0//EN", "si";
    tags {
        0x05 "si";
        0x06 "indication";
        0x07 "info";
        0x08 "item";
    }
    attributes {
        0x05 "action", "signal-none";
        0x06 "action", "signal-low";
        0x07 "action", "signal-medium";
        0x08 "action", "signal-high";
        0x09 "action", "delete";
        0x0A "created", "";
        0x0B "href", "";
        0x0C "href", "http://";
        0x0D "href", "http://www.";
        0x0E "href", "https://";
        0x0F "href", "https://www.";
        0x10 "si-expires", "";
        0x11 "si-id", "";
        0x12 "class", "";
    }
    values {
        0x85 ".com/";
        0x86 ".edu/";
        0x87 ".net/";
        0x88 ".org/";
    }
}

service! {
    /// Service loading (WAP-168-ServiceLoad).
    SL = "SL 1.0", 0x06, "-//WAPFORUM//DTD SL 1.0//EN", "sl";
    tags {
        0x05 "sl";
    }
    attributes {
        0x05 "action", "execute-low";
        0x06 "action", "execute-high";
        0x07 "action", "cache";
        0x08 "href", "";
        0x09 "href", "http://";
        0x0A "href", "http://www.";
        0x0B "href", "https://";
        0x0C "href", "https://www.";
    }
    values {
        0x85 ".com/";
        0x86 ".edu/";
        0x87 ".net/";
        0x88 ".org/";
    }
}

service! {
    /// Cache operation (WAP-175-CacheOp).
    CO = "CO 1.0", 0x07, "-//WAPFORUM//DTD CO 1.0//EN", "co";
    tags {
        0x05 "co";
        0x06 "invalidate-object";
        0x07 "invalidate-service";
    }
    attributes {
        0x05 "uri", "";
        0x06 "uri", "http://";
        0x07 "uri", "http://www.";
        0x08 "uri", "https://";
        0x09 "uri", "https://www.";
    }
    values {
        0x85 ".com/";
        0x86 ".edu/";
        0x87 ".net/";
        0x88 ".org/";
    }
}

service! {
    /// E-mail notification (OMA-WAP-EMN).
    EMN = "EMN 1.0", 0x0D, "-//WAPFORUM//DTD EMN 1.0//EN", "emn";
    tags {
        0x05 "emn";
    }
    attributes {
        0x05 "timestamp", "";
        0x06 "mailbox", "";
        0x07 "mailbox", "mailat:";
        0x08 "mailbox", "pop://";
        0x09 "mailbox", "imap://";
        0x0A "mailbox", "http://";
        0x0B "mailbox", "http://www.";
        0x0C "mailbox", "https://";
        0x0D "mailbox", "https://www.";
    }
    values {
        0x85 ".com";
        0x86 ".edu";
        0x87 ".net";
        0x88 ".org";
    }
}

service! {
    /// Settings of older phones (Ericsson and Nokia, OTA Settings General 7.0), which name no vocabulary.
    OTA_SETTINGS = "OTA settings 7.0", 0x01, "", "CHARACTERISTIC-LIST";
    tags {
        0x05 "CHARACTERISTIC-LIST";
        0x06 "CHARACTERISTIC";
        0x07 "PARM";
    }
    attributes {
        0x06 "TYPE", "ADDRESS";
        0x07 "TYPE", "URL";
        0x08 "TYPE", "NAME";
        0x10 "NAME", "";
        0x11 "VALUE", "";
        0x12 "NAME", "BEARER";
        0x13 "NAME", "PROXY";
        0x14 "NAME", "PORT";
        0x15 "NAME", "NAME";
        0x16 "NAME", "PROXY_TYPE";
        0x17 "NAME", "URL";
        0x18 "NAME", "PROXY_AUTHNAME";
        0x19 "NAME", "PROXY_AUTHSECRET";
        0x1A "NAME", "SMS_SMSC_ADDRESS";
        0x1B "NAME", "USSD_SERVICE_CODE";
        0x1C "NAME", "GPRS_ACCESSPOINTNAME";
        0x1D "NAME", "PPP_LOGINTYPE";
        0x1E "NAME", "PROXY_LOGINTYPE";
        0x21 "NAME", "CSD_DIALSTRING";
        0x22 "NAME", "PPP_AUTHTYPE";
        0x23 "NAME", "PPP_AUTHNAME";
        0x24 "NAME", "PPP_AUTHSECRET";
        0x28 "NAME", "CSD_CALLTYPE";
        0x29 "NAME", "CSD_CALLSPEED";
        0x45 "VALUE", "GSM/CSD";
        0x46 "VALUE", "GSM/SMS";
        0x47 "VALUE", "GSM/USSD";
        0x48 "VALUE", "IS-136/CSD";
        0x49 "VALUE", "GPRS";
        0x60 "VALUE", "9200";
        0x61 "VALUE", "9201";
        0x62 "VALUE", "9202";
        0x63 "VALUE", "9203";
        0x64 "VALUE", "AUTOMATIC";
        0x65 "VALUE", "MANUAL";
        0x6A "VALUE", "AUTO";
        0x6B "VALUE", "9600";
        0x6C "VALUE", "14400";
        0x6D "VALUE", "19200";
        0x6E "VALUE", "28800";
        0x6F "VALUE", "38400";
        0x70 "VALUE", "PAP";
        0x71 "VALUE", "CHAP";
        0x72 "VALUE", "ANALOGUE";
        0x73 "VALUE", "ISDN";
        0x74 "VALUE", "43200";
        0x75 "VALUE", "57600";
        0x76 "VALUE", "MSISDN_NO";
        0x77 "VALUE", "IPV4";
        0x78 "VALUE", "MS_CHAP";
        0x7C "TYPE", "MMSURL";
        0x7D "TYPE", "ID";
        0x7E "NAME", "ISP_NAME";
        0x7F "TYPE", "BOOKMARK";
    }
    values {
    }
}
