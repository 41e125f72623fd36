package dev.clinickpi.privacy.scrub;

/**
 * Characters that are taken for another one at a glance: those of Greek, Cyrillic and Armenian and the small capitals that look Latin, and
 * the punctuation that addresses are written with. A choice from the confusables of Unicode Technical Standard 39, which holds many more
 * that nobody types.
 */
final class Confusables {

    private static final String CYRILLIC = "АаВвЕеЅѕІіЇїЈјКкМмНнОоРрСсТтУуХхԀԁҺһԚԛԜԝӀӏГгПпИи";
    private static final String CYRILLIC_AS = "AaBbEeSsIiIiJjKkMmHhOoPpCcTtYyXxDdHhQqWwIlTrNnUu";

    private static final String GREEK = "ΑαΒβΕεΖΗηΙιΚκΜΝνΟοΡρΤτΥυΧχγωςσ";
    private static final String GREEK_AS = "AaBbEeZHnIiKkMNvOoPpTtYuXxywco";

    private static final String OTHERS = "օոսհցıɑɡᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ−‘’ʼ。";
    private static final String OTHERS_AS = "onuhgiagabcdefghijklmnoprstuvwyz-'''.";

    private static final char FIRST = 0x80;
    private static final char[] LATIN = table();

    private Confusables() {}

    private static char[] table() {
        String from = CYRILLIC + GREEK + OTHERS;
        String to = CYRILLIC_AS + GREEK_AS + OTHERS_AS;
        char[] table = new char[from.chars().max().orElseThrow() + 1];
        for (int i = 0; i < from.length(); i++) {
            table[from.charAt(i)] = to.charAt(i);
        }
        return table;
    }

    /** What a code point is taken for; itself if for nothing else. */
    static int latin(int codePoint) {
        return codePoint < FIRST || codePoint >= LATIN.length || LATIN[codePoint] == 0 ? codePoint : LATIN[codePoint];
    }
}
