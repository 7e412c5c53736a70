/* Calls the bare build with a small document, which it has to read, and with every beginning of it, which it must not. */

#include <stddef.h>
#include <stdio.h>

ptrdiff_t wbxml_bare(const unsigned char *pointer, size_t length);

/* WBXML 1.3, PROV 1.0, UTF-8, string table "w1\0":
   <wap-provisioningdoc version="1.0">
     <characteristic type="NAPDEF"><parm name="NAPID" value={STR_T 0}/></characteristic>
     <characteristic>{STR_I "a"}{ENTITY '&'}{STR_T 0}</characteristic>
   </wap-provisioningdoc> */
static const unsigned char document[] = {
    0x03, 0x0B, 0x6A, 0x03, 'w',  '1',  0x00,
    0xC5, 0x46, 0x01,
    0xC6, 0x55, 0x01, 0x87, 0x11, 0x06, 0x83, 0x00, 0x01, 0x01,
    0x46, 0x03, 'a',  0x00, 0x02, 0x26, 0x83, 0x00, 0x01,
    0x01,
};

int main(void) {
    for (size_t length = 0; length < sizeof document; length++) {
        if (wbxml_bare(document, length) >= 0) {
            printf("the first %zu octets were taken for a document\n", length);
            return 1;
        }
    }
    ptrdiff_t met = wbxml_bare(document, sizeof document);
    printf("%td\n", met);
    return met <= 0;
}
