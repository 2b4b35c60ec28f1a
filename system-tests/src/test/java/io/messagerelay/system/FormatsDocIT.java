package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the tables, cursors, dead letters and manifests of {@code docs/formats.md} really are. */
final class FormatsDocIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern TABLE = Pattern.compile("### `(\\w+)`\n");
  private static final Pattern MEMBER = Pattern.compile("`(\\w+)`");

  @RegisterExtension final Site site = new Site();

  @Test
  void the_tables_of_a_new_store_in_a_file_are_those_of_the_page() throws Exception {
    site.get().awaitReady(site.get().consumer(), PATIENCE);

    try (Connection file = sqlite(site.get().storeFile())) {
      Map<String, List<String>> tables = sqliteTables(file);
      tables.remove("flyway_schema_history");
      assertThat(tables).isEqualTo(documented("The store's tables", 1));
    }
  }

  @Test
  void the_tables_of_a_new_store_in_a_database_are_those_of_the_page() throws Exception {
    try (TestDatabase database = TestServer.shared().newDatabase()) {
      Child consumer = site.get().start(Service.CONSUMER, database.settings(), "run");
      site.get().awaitReady(consumer, PATIENCE);

      try (Connection connection = database.connect()) {
        Map<String, List<String>> tables = mysqlTables(connection, database.name());
        tables.remove("flyway_schema_history");
        assertThat(tables).isEqualTo(documented("The store's tables", 2));
      }
    }
  }

  @Test
  void the_tables_of_a_new_spool_are_those_of_the_page() throws Exception {
    site.get().writeData(SampleData.keyed(1).json());
    Child propagator = site.get().propagator();
    Waiting.until("it relays", PATIENCE, () -> propagator.output().contains("relaying from "));

    try (Connection file = sqlite(site.get().spoolDir().resolve("spool.db"))) {
      assertThat(sqliteTables(file)).isEqualTo(documented("The spool's tables", 1));
    }
  }

  @Test
  void a_cursor_is_made_of_the_bytes_that_the_page_says() throws Exception {
    site.get().awaitReady(site.get().consumer(), PATIENCE);
    try (var api = new ConsumerApi(site.get().consumerUrl());
        Connection store = sqlite(site.get().storeFile())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      api.post(token, Posts.of(List.of("first", "second", "third"), "x"));

      byte[] up = cursor(api.page(token, "/event?limit=2").next().orElseThrow());
      byte[] down = cursor(api.page(token, "/event?limit=1&order=desc").next().orElseThrow());

      String id = one(store, "SELECT store_id FROM store_identity");
      assertThat(fields(up)).containsExactly("1", "0", id, "2");
      assertThat(fields(down)).containsExactly("1", "1", id, "3");
      assertThat(HexFormat.of().formatHex(up, 26, 36)).isEqualTo(sha256(up, 26, 10));
      assertThat(sizes("A cursor")).containsExactly(1, 1, 16, 8, 10);
    }
  }

  @Test
  void a_dead_letter_has_the_members_of_the_page() throws Exception {
    Installation both = site.get();
    both.awaitReady(both.consumer(), PATIENCE);
    Path file = both.folder().resolve("bad.ndjson");
    Files.writeString(
        file,
        """
        {"event_type": "a", "event_payload": 7, "event_id": "bad-1", "event_key": "k"}
        {"event_type": "\u00fc"}
        """,
        StandardCharsets.ISO_8859_1); // the second line is no UTF-8
    assertThat(command(3, "replay", "bad.ndjson").output()).contains("dead 2");

    Set<String> listed = members(command(0, "dead-letters", "list", "--json"));
    Set<String> exported = members(command(0, "dead-letters", "export", "--all", "--with-reasons"));

    Set<String> told = membersOf("A dead letter");
    assertThat(exported).isEqualTo(told);
    told.removeAll(Set.of("body", "body_base64"));
    assertThat(listed).isEqualTo(told);
  }

  @Test
  void an_archive_has_the_manifest_of_the_page() throws Exception {
    Installation both = site.get();
    both.awaitReady(both.consumer(), PATIENCE);
    try (var api = new ConsumerApi(both.consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      api.post(token, Posts.of(List.of("first", "second", "third"), "x"));
    }
    Child removal =
        both.start(
            Service.CONSUMER,
            Map.of("RETENTION_COUNT", "1", "RETENTION_ARCHIVE_DIR", "archive"),
            "retention");
    assertThat(removal.waitFor(PATIENCE)).as(removal.output()).isZero();

    Path folder = both.folder().resolve("archive");
    JsonNode manifest = ConsumerApi.tree(Files.readString(only(folder, ".manifest.json")));
    Path file = only(folder, ".ndjson.gz");
    assertThat(names(manifest)).isEqualTo(membersOf("The archive's manifest"));
    assertThat(manifest.get("file").asText()).isEqualTo(file.getFileName().toString());
    assertThat(file.getFileName().toString())
        .isEqualTo(
            "events-%s-1-2.ndjson.gz".formatted(manifest.get("store").asText().substring(0, 8)));
    byte[] bytes = Files.readAllBytes(file);
    assertThat(manifest.get("sha256").asText()).isEqualTo(sha256(bytes, bytes.length, 32));
    try (InputStream lines = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines())
          .hasSize(manifest.get("events").asInt())
          .first()
          .asString()
          .startsWith("{\"id\":1,");
    }
  }

  private Child command(int exitCode, String... arguments) {
    Child child = site.get().start(Service.PROPAGATOR, Map.of(), arguments);
    assertThat(child.waitFor(PATIENCE)).as(child.output()).isEqualTo(exitCode);
    return child;
  }

  private static Connection sqlite(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro&busy_timeout=10000");
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /**
   * Of each table: its columns in their order, {@code name type}, with a mark where it may be NULL.
   */
  private static Map<String, List<String>> sqliteTables(Connection file) throws SQLException {
    return columns(
        file,
        """
        SELECT t.name, c.name, c.type, c."notnull" = 0 AND c.pk = 0
        FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid
        """);
  }

  private static Map<String, List<String>> mysqlTables(Connection connection, String database)
      throws SQLException {
    return columns(
        connection,
        """
        SELECT table_name, column_name, IF(character_maximum_length IS NULL OR data_type LIKE '%%text',
            data_type, CONCAT(data_type, '(', character_maximum_length, ')')), is_nullable = 'YES'
        FROM information_schema.columns WHERE table_schema = '%s' ORDER BY table_name, ordinal_position
        """
            .formatted(database));
  }

  private static Map<String, List<String>> columns(Connection connection, String sql)
      throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        tables
            .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
            .add(
                row.getString(2)
                    + " "
                    + row.getString(3).toLowerCase(Locale.ROOT)
                    + (row.getBoolean(4) ? "?" : ""));
      }
    }
    return tables;
  }

  /**
   * The tables of a section of the page.
   *
   * @param cell in which the type stands, behind the column's name; a dash there is no column
   */
  private Map<String, List<String>> documented(String title, int cell) {
    Map<String, List<String>> tables = new TreeMap<>();
    String text = section(title);
    TABLE
        .matcher(text)
        .results()
        .forEach(
            heading -> {
              List<String> columns =
                  rows(text.substring(heading.end()).split("\n### ", 2)[0])
                      .filter(row -> !row[cell].equals("–"))
                      .map(row -> row[0].replace("`", "") + " " + row[cell])
                      .toList();
              if (!columns.isEmpty()) {
                tables.put(heading.group(1), columns);
              }
            });
    return tables;
  }

  private String section(String title) {
    String page = new DocCommands(site.get(), "docs/formats.md").text();
    String text = page.split("\n## " + title + "\n", 2)[1];
    return text.split("\n## ", 2)[0];
  }

  /** The cells of each row below the head of a table. */
  private static Stream<String[]> rows(String text) {
    return text.lines()
        .dropWhile(line -> !line.startsWith("|---"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1));
  }

  private List<Integer> sizes(String title) {
    return rows(section(title)).map(row -> Integer.parseInt(row[0])).toList();
  }

  private Set<String> membersOf(String title) {
    var members = new TreeSet<String>();
    rows(section(title))
        .forEach(row -> MEMBER.matcher(row[0]).results().forEach(at -> members.add(at.group(1))));
    return members;
  }

  private static Set<String> members(Child said) {
    var members = new TreeSet<String>();
    said.lines().stream()
        .filter(line -> line.startsWith("{"))
        .forEach(line -> members.addAll(names(ConsumerApi.tree(line))));
    return members;
  }

  private static Set<String> names(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Path only(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  private static byte[] cursor(String link) {
    String text = link.replaceFirst(".*[?&]cursor=([^&]*).*", "$1");
    assertThat(text).hasSize(48);
    return Base64.getUrlDecoder().decode(text);
  }

  private static List<String> fields(byte[] cursor) {
    return List.of(
        "" + cursor[0],
        "" + cursor[1],
        HexFormat.of().formatHex(cursor, 2, 18),
        "" + ByteBuffer.wrap(cursor).getLong(18));
  }

  private static String sha256(byte[] bytes, int length, int most) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bytes, 0, length);
    return HexFormat.of().formatHex(digest.digest(), 0, most);
  }
}
