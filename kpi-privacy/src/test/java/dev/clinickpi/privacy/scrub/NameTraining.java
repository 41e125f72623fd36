package dev.clinickpi.privacy.scrub;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Trains the model of the name detector: on the training documents of MEDDOCAN, as they are and in the ways in which people write worse, with
 * their own names and with others, and on made-up chats. The same input gives the same file. {@code docs/scrubbing.md} says how to run it.
 *
 * <p>Arguments: the corpus's folder (that of its {@code train/brat}), the folder {@code src/model/names}, the file to write. With a fourth, {@code holdout},
 * every fifth document and template is kept from training and measured, and nothing is written.
 */
final class NameTraining {

    private static final int CHATS = 80_000;

    private final NameLexicon lexicon = NameLexicon.load();
    private final TrainingNames names = new TrainingNames();
    private final Random random = new Random(7);
    private final List<TagChainTrainer.Line> lines = new ArrayList<>();

    public static void main(String[] arguments) throws IOException {
        List<LabelledText> documents = BratCorpus.read(Path.of(arguments[0], "train", "brat"));
        Path sources = Path.of(arguments[1]);
        List<String> templates = ChatSentences.lines(Files.newBufferedReader(sources.resolve("training-chats.txt")));
        List<String> fillers = ChatSentences.lines(Files.newBufferedReader(sources.resolve("training-fillers.txt")));
        if (arguments.length > 3) {
            measure(documents, templates, fillers);
        } else {
            NameModel model = new NameTraining().train(documents, templates, fillers);
            try (OutputStream out = Files.newOutputStream(Path.of(arguments[2]))) {
                model.write(out);
            }
        }
    }

    private NameModel train(List<LabelledText> documents, List<String> templates, List<String> fillers) {
        documents.forEach(this::addDocument);
        ChatSentences chats = new ChatSentences(fillers, names);
        for (int i = 0; i < CHATS; i++) {
            add(chat(chats, templates));
        }
        return TagChainTrainer.train(lines);
    }

    private void addDocument(LabelledText document) {
        for (LabelledText text : List.of(document, withOtherNames(document))) {
            add(text);
            add(text.lowerCase());
            add(text.lowerCase().withoutAccents().withoutPunctuation());
        }
        if (random.nextInt(5) == 0) {
            add(withOtherNames(document).upperCase());
        }
    }

    private LabelledText withOtherNames(LabelledText document) {
        LabelledText.Writer writer = new LabelledText.Writer();
        int from = 0;
        for (int[] name : document.names()) {
            if (name[0] < from) {
                continue;
            }
            String before = document.text().substring(from, name[0]);
            boolean several = document.text().substring(name[0], name[1]).contains(" ");
            char slot = before.stripTrailing().endsWith("Apellidos:") ? 's' : several ? 'f' : 'n';
            writer.plain(before).name(names.of(slot, random));
            from = name[1];
        }
        return writer.plain(document.text().substring(from)).done();
    }

    /** One to three sentences in one message, written well or badly. */
    private LabelledText chat(ChatSentences chats, List<String> templates) {
        LabelledText.Writer writer = new LabelledText.Writer();
        String[] joints = {". ", ", ", " ", " ", "! ", " y ", "... ", " 🙂 "};
        int count = 1 + Math.max(0, random.nextInt(5) - 2);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                writer.plain(joints[random.nextInt(joints.length)]);
            }
            writer.add(chats.fill(
                    random.nextInt(12) == 0 ? words() : vary(templates.get(random.nextInt(templates.size()))), random));
        }
        return worse(writer.done(), random);
    }

    /**
     * A template with some of its words replaced by others, any ones, so that a name is known by more than the words that happen to stand around it
     * in the templates; and a name dropped in between, as in a call.
     */
    private String vary(String template) {
        StringBuilder varied = new StringBuilder();
        boolean drop = !ChatSentences.hasName(template) && random.nextInt(8) == 0;
        String[] words = template.split(" ");
        int place = random.nextInt(words.length + 1);
        for (int i = 0; i <= words.length; i++) {
            if (drop && i == place) {
                varied.append(" {n}");
            }
            if (i < words.length) {
                boolean replace = words[i].indexOf('{') < 0 && random.nextInt(8) == 0;
                varied.append(' ').append(replace ? names.commonWord(random) : words[i]);
            }
        }
        return varied.substring(1);
    }

    /** Any words in a row, none of them a name here, so that each is known as a word. */
    private String words() {
        StringBuilder words = new StringBuilder(names.commonWord(random));
        for (int more = random.nextInt(6); more > 0; more--) {
            words.append(' ').append(names.commonWord(random));
        }
        return words.toString();
    }

    private static LabelledText worse(LabelledText chat, Random random) {
        LabelledText text = chat;
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> text = text.lowerCase();
            case 5, 6 -> text = text.sentenceCase();
            case 7 -> text = random.nextInt(3) == 0 ? text.upperCase() : text;
            default -> {}
        }
        if (random.nextInt(2) == 0) {
            text = text.withoutPunctuation();
        }
        if (random.nextInt(3) == 0) {
            text = text.withTypos(random, 0.03);
        }
        return text;
    }

    private void add(LabelledText document) {
        for (NameTokens line : NameTokens.lines(document.text())) {
            byte[] tags = new byte[line.size()];
            for (int[] name : document.names()) {
                boolean started = false;
                for (int i = 0; i < tags.length; i++) {
                    if (line.start(i) < name[1] && name[0] < line.end(i)) {
                        tags[i] = (byte) (started ? TagChain.INSIDE : TagChain.FIRST);
                        started = true;
                    }
                }
            }
            lines.add(new TagChainTrainer.Line(new NameFeatures(line, lexicon).all(), tags));
        }
    }

    private static void measure(List<LabelledText> documents, List<String> templates, List<String> fillers) {
        NameTraining training = new NameTraining();
        NameModel model = training.train(fifths(documents, false), fifths(templates, false), fillers);
        List<LabelledText> chats = new ArrayList<>();
        ChatSentences sentences = new ChatSentences(fillers, training.names);
        for (int i = 0; i < 4000; i++) {
            chats.add(training.chat(sentences, fifths(templates, true)));
        }
        List<LabelledText> held = fifths(documents, true);
        NameDetector detector = new NameDetector(model, training.lexicon);
        print("documents ", detector, held);
        print(
                "lower case ",
                detector,
                held.stream().map(LabelledText::lowerCase).toList());
        print("chats ", detector, chats);
    }

    private static void print(String title, NameDetector detector, List<LabelledText> texts) {
        NameScores scores = new NameScores();
        texts.forEach(text -> scores.add(text, detector.find(NormalizedText.of(text.text()))));
        System.out.println(title + scores);
    }

    private static <T> List<T> fifths(List<T> all, boolean held) {
        List<T> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if ((i % 5 == 0) == held) {
                some.add(all.get(i));
            }
        }
        return some;
    }
}
