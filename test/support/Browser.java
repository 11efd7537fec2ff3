package support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, driven by its DevTools protocol over loopback. Closing it ends it and all that it started. */
public final class Browser implements AutoCloseable {

    private static final int ANSWER_SECONDS = 60;
    private static final Pattern LISTENS = Pattern.compile("DevTools listening on (ws://127\\.0\\.0\\.1:\\S+)");
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Gson gson = new Gson();
    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
    private final List<JsonObject> events = new ArrayList<>();
    private final String session;
    private int calls;

    /** Skips the test where there is no Chromium. */
    public static Browser startOrSkip() {
        Optional<String> program = NAMES.stream().filter(Browser::isThere).findFirst();
        assumeTrue(program.isPresent(),
                "needs Chromium, to see the page as a person would (Debian's package chromium)");
        return new Browser(program.get());
    }

    private static boolean isThere(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
    }

    private Browser(String program) {
        try {
            profile = Files.createTempDirectory("chromium");
            process = new ProcessBuilder(program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--disable-dev-shm-usage", "--disable-breakpad", "--disable-crash-reporter",
                    "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            socket = HttpClient.newHttpClient().newWebSocketBuilder()
                    .buildAsync(URI.create(address(process)), new Listener()).join();
            JsonObject target = call("", "Target.createTarget", Map.of("url", "about:blank"));
            session = call("", "Target.attachToTarget", Map.of("targetId", target.get("targetId").getAsString(),
                    "flatten", true))
                    .get("sessionId").getAsString();
            for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
                call(domain + ".enable", Map.of());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens; what else it says on standard error is read, so that it never waits for us, and dropped. */
    private static String address(Process process) throws IOException {
        BufferedReader errors = new BufferedReader(new InputStreamReader(process.getErrorStream(),
                StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            Matcher matcher = LISTENS.matcher(line);
            if (matcher.find()) {
                Thread rest = new Thread(() -> errors.lines().forEach(dropped -> { }), "errors of Chromium");
                rest.setDaemon(true);
                rest.start();
                return matcher.group(1);
            }
            said.append(line).append('\n');
        }
        throw new IOException("Chromium ended: " + said);
    }

    /** Opens a page from disk and waits until it is there. */
    public void open(Path page, int width, int height) {
        call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1,
                "mobile", false));
        call("Page.navigate", Map.of("url", page.toAbsolutePath().toUri().toString()));
        Await.until(() -> evaluate("document.readyState").getAsString().equals("complete")
                && evaluate("location.href").getAsString().startsWith("file:"), () -> "the page is not loaded");
    }

    /** As a medium (screen, print) with a colour scheme (light, dark). */
    public void show(String media, String scheme) {
        call("Emulation.setEmulatedMedia", Map.of("media", media, "features",
                List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** What an expression of JavaScript gives, as JSON. */
    public JsonElement evaluate(String expression) {
        JsonObject answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.get("exceptionDetails").toString());
        }
        return answer.getAsJsonObject("result").get("value");
    }

    /** Moves the mouse there, in pixels of the window. */
    public void hover(double x, double y) {
        call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    }

    /** Touches the screen there for a moment. */
    public void tap(double x, double y) {
        call("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
        call("Input.dispatchTouchEvent", Map.of("type", "touchStart", "touchPoints", List.of(Map.of("x", x, "y", y))));
        call("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
        call("Emulation.setTouchEmulationEnabled", Map.of("enabled", false));
    }

    /** Everything that the page complained of: errors, warnings, what it did not find or asked of a network. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (JsonObject event : events) {
            JsonObject params = event.getAsJsonObject("params");
            switch (event.get("method").getAsString()) {
                case "Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled", "Network.loadingFailed" ->
                    complaints.add(event.toString());
                case "Network.requestWillBeSent" -> {
                    String url = params.getAsJsonObject("request").get("url").getAsString();
                    if (!url.startsWith("file:") && !url.startsWith("data:")) {
                        complaints.add("a request: " + url);
                    }
                }
                default -> { }
            }
        }
        return complaints;
    }

    private JsonObject call(String method, Map<String, Object> parameters) {
        return call(session, method, parameters);
    }

    private JsonObject call(String toSession, String method, Map<String, Object> parameters) {
        JsonObject call = new JsonObject();
        int id = ++calls;
        call.addProperty("id", id);
        call.addProperty("method", method);
        call.add("params", gson.toJsonTree(parameters));
        if (!toSession.isEmpty()) {
            call.addProperty("sessionId", toSession);
        }
        socket.sendText(gson.toJson(call), true).join();
        try {
            while (true) {
                JsonObject answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
                if (answer == null) {
                    throw new AssertionError("Chromium does not answer to " + call);
                }
                if (!answer.has("id")) {
                    events.add(answer);
                } else if (answer.get("id").getAsInt() == id) {
                    if (answer.has("error")) {
                        throw new AssertionError(call + ": " + answer);
                    }
                    return answer.getAsJsonObject("result");
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> running = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        socket.abort();
        running.forEach(ProcessHandle::destroyForcibly);
        Await.until(() -> running.stream().noneMatch(ProcessHandle::isAlive), () -> "Chromium does not end");
        Await.until(this::deleteProfile, () -> "the profile cannot be deleted: " + profile);
    }

    /** A process that has just been killed may still appear to change it for a moment. */
    private boolean deleteProfile() {
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            return Files.notExists(profile);
        }
        return Files.notExists(profile);
    }

    /** Puts the messages together, which come in parts. */
    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            message.append(part);
            if (isLast) {
                answers.add(JsonParser.parseString(message.toString()).getAsJsonObject());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
