package dev.clinickpi.example.cli;

import dev.clinickpi.privacy.scrub.PiiScrubber;
import dev.clinickpi.privacy.scrub.PiiSpan;
import dev.clinickpi.privacy.scrub.StandardScrubber;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Takes what is personal out of a text. It goes paragraph by paragraph, so a text may be of any size; a paragraph of more than
 * {@value #LONGEST} characters is cut between two words of which neither is part of a value.
 */
@Command(
        name = "scrub",
        description = {
            "Read text (UTF-8) from standard input and print it with a placeholder, such as [PHONE], for what is personal.",
            "All else comes out byte for byte as it went in."
        })
final class ScrubCommand implements Callable<Integer> {

    /** In UTF-16 units. */
    static final int LONGEST = 65_536;

    /** No value is longer; so one that lies across a cut is in sight as a whole. */
    private static final int LOOK_AHEAD = 1024;

    private final InputStream in;
    private final OutputStream out;

    @Option(
            names = "--spans",
            description =
                    "Print where it is instead, a JSON object a line: start, end (UTF-16 offsets into the input), type.")
    private boolean asSpans;

    /** Where the text that is being looked at begins in the whole input. */
    private long offset;

    ScrubCommand(InputStream in, OutputStream out) {
        this.in = in;
        this.out = new BufferedOutputStream(out);
    }

    @Override
    public Integer call() throws IOException {
        PiiScrubber scrubber = StandardScrubber.create();
        LosslessUtf8 utf8 = new LosslessUtf8(in);
        StringBuilder pending = new StringBuilder();
        boolean isEnd = false;
        int searched = 0;
        while (!isEnd) {
            isEnd = utf8.read(pending);
            int paragraph = paragraphEnd(pending, searched);
            while (paragraph > 0 || pending.length() >= LONGEST + LOOK_AHEAD) {
                pending.delete(0, print(scrubber, pending, paragraph));
                paragraph = paragraphEnd(pending, 0);
            }
            searched = Math.max(0, pending.length() - 2);
            out.flush();
        }
        while (!pending.isEmpty()) {
            pending.delete(0, print(scrubber, pending, pending.length()));
        }
        out.flush();
        return ExitCode.OK;
    }

    /** Where the first paragraph ends: behind an empty line. 0 if it goes on. */
    private static int paragraphEnd(CharSequence text, int from) {
        for (int i = from; i + 1 < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                if (text.charAt(i + 1) == '\n') {
                    return i + 2;
                }
                if (i + 2 < text.length() && text.charAt(i + 1) == '\r' && text.charAt(i + 2) == '\n') {
                    return i + 3;
                }
            }
        }
        return 0;
    }

    /** Prints a paragraph, or so much of one as may be looked at in one go; returns how much that was. */
    private int print(PiiScrubber scrubber, StringBuilder pending, int paragraph) throws IOException {
        int end = paragraph > 0 && paragraph <= LONGEST ? paragraph : Math.min(pending.length(), LONGEST + LOOK_AHEAD);
        String text = pending.substring(0, end);
        List<PiiSpan> spans = scrubber.find(text);
        int cut = end <= LONGEST ? end : cut(text, spans);
        int from = 0;
        for (PiiSpan span : spans) {
            if (span.end() > cut) {
                break;
            }
            if (asSpans) {
                printSpan(span);
            } else {
                LosslessUtf8.write(text, from, span.start(), out);
                out.write(span.type().placeholder().getBytes(StandardCharsets.UTF_8));
            }
            from = span.end();
        }
        if (!asSpans) {
            LosslessUtf8.write(text, from, cut, out);
        }
        offset += cut;
        return cut;
    }

    private void printSpan(PiiSpan span) throws IOException {
        String json = "{\"start\":" + (offset + span.start()) + ",\"end\":" + (offset + span.end()) + ",\"type\":\""
                + span.type().name() + "\"}\n";
        out.write(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A place in the second half of what may be printed, behind white space and in no value; if there is none, the end of it or of a value. */
    private static int cut(String text, List<PiiSpan> spans) {
        int across = spans.size() - 1;
        for (int at = LONGEST; at > LONGEST / 2; at--) {
            while (across >= 0 && spans.get(across).start() >= at) {
                across--;
            }
            boolean isInside = across >= 0 && spans.get(across).end() > at;
            if (!isInside && Character.isWhitespace(text.charAt(at - 1))) {
                return at;
            }
        }
        for (PiiSpan span : spans) {
            if (span.start() < LONGEST && LONGEST < span.end()) {
                return span.end();
            }
        }
        return Character.isLowSurrogate(text.charAt(LONGEST)) ? LONGEST - 1 : LONGEST;
    }
}
