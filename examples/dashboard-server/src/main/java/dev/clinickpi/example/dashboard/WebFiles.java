package dev.clinickpi.example.dashboard;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The page's files. Each is read and compressed once, so that a first visit costs no time but the network's, and asked for again only when it has changed.
 */
final class WebFiles {

    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

    /** No dots but before the ending: there is no way out of the folder. */
    private static final Pattern NAME = Pattern.compile("/(?:[\\w-]+/)*[\\w-]+(?:\\.min)?\\.(\\w+)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "webp", "image/webp",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "json", "application/json");

    private final Map<String, WebFile> files = new ConcurrentHashMap<>();

    /** Answers with the file of the request's path. */
    void serve(Context request) {
        String path = request.path().equals("/") ? "/index.html" : request.path();
        WebFile file = files.get(path);
        if (file == null) {
            file = load(path);
            files.put(path, file);
        }
        request.header("ETag", file.tag)
                .header("Vary", "Accept-Encoding")
                .header(
                        "Cache-Control",
                        request.queryParam("v") == null ? "no-cache" : "public, max-age=31536000, immutable")
                .contentType(file.type);
        if (file.tag.equals(request.header("If-None-Match"))) {
            request.status(304);
        } else if (acceptsGzip(request.header("Accept-Encoding"))) {
            request.header("Content-Encoding", "gzip").result(file.compressed);
        } else {
            request.result(file.plain);
        }
    }

    private static boolean acceptsGzip(@Nullable String encodings) {
        return encodings != null && encodings.contains("gzip");
    }

    private static WebFile load(String path) {
        var name = NAME.matcher(path);
        String type = name.matches() ? TYPES.get(name.group(1)) : null;
        if (type == null) {
            throw new NotFoundResponse();
        }
        String resource = path.equals("/vendor/echarts.min.js") ? ECHARTS : "web" + path;
        try (InputStream in = WebFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new NotFoundResponse();
            }
            return WebFile.of(type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class WebFile {

        private final String type;
        private final byte[] plain;
        private final byte[] compressed;
        private final String tag;

        private WebFile(String type, byte[] plain, byte[] compressed, String tag) {
            this.type = type;
            this.plain = plain;
            this.compressed = compressed;
            this.tag = tag;
        }

        static WebFile of(String type, byte[] plain) throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new BestGzip(compressed)) {
                gzip.write(plain);
            }
            return new WebFile(type, plain, compressed.toByteArray(), '"' + digest(plain) + '"');
        }

        private static String digest(byte[] bytes) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                return HexFormat.of().formatHex(hash, 0, 16);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every JDK has SHA-256", e);
            }
        }
    }

    private static final class BestGzip extends GZIPOutputStream {

        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
