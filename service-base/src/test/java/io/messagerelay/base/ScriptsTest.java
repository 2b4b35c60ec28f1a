package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/find-java}, {@code bin/exec-jar} and {@code bin/count-tests}. */
class ScriptsTest {
  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void copyScripts() throws IOException {
    shell = Shell.in(folder);
  }

  private void report(String module, String kind, String text) throws IOException {
    Path reports = folder.resolve(module).resolve("target").resolve(kind + "-reports");
    Files.createDirectories(reports);
    Files.writeString(
        reports.resolve("TEST-x.xml"), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text);
  }

  private static String suite(int tests, int errors, int skipped, int failures, String cases) {
    return """
    <testsuite name="x" time="0.1" tests="%d" errors="%d" skipped="%d" failures="%d">
    %s</testsuite>"""
        .formatted(tests, errors, skipped, failures, cases);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/event-consumer", "bin/event-propagator"})
  void command_that_is_not_built_says_how_to_build(String command) throws Exception {
    assertThat(shell.run(command, "run"))
        .isEqualTo(new Shell.Ended(69, "not built yet; run 'make build' first\n"));
  }

  @Test
  void jdk_named_by_java_home_is_taken() throws Exception {
    String home = System.getProperty("java.home");

    assertThat(shell.run("sh", "-c", ". bin/find-java; echo \"$JAVA_HOME\""))
        .isEqualTo(new Shell.Ended(0, home + "\n"));
  }

  @Test
  void missing_jdk_is_one_line_that_says_how_to_get_it() throws Exception {
    Path finder = folder.resolve("bin/find-java");
    Files.writeString(finder, Files.readString(finder).replace("JAVA_VERSION=", "no version"));
    Shell.Ended ended = shell.run("sh", "-c", ". bin/find-java; echo found");

    assertThat(ended.code()).isEqualTo(69);
    assertThat(ended.output().lines())
        .singleElement()
        .asString()
        .startsWith("no JDK 25 found; to install one: ");
  }

  @Test
  void arguments_and_options_reach_the_jvm_whose_working_folder_is_the_callers() throws Exception {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"$PWD\"\nfor a in \"$@\"; do echo \"$a\"; done\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Path jar = folder.resolve("event-propagator/target/event-propagator.jar");
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);
    Files.createSymbolicLink(folder.resolve("linked"), Path.of("bin/event-propagator"));
    Files.createDirectory(folder.resolve("elsewhere"));

    Shell.Ended ended =
        shell
            .with(Map.of("JAVA_HOME", folder + "/jdk", "JAVA_OPTS", "-Xmx1g -Da=b"))
            .run("sh", "-c", "cd elsewhere && exec ../linked check 'a b'");

    assertThat(ended.output().lines())
        .startsWith(folder.resolve("elsewhere").toRealPath().toString())
        .endsWith("-Xmx1g", "-Da=b", "-jar", jar.toRealPath().toString(), "check", "a b");
  }

  @Test
  void tests_of_all_modules_and_both_kinds_are_counted() throws Exception {
    report("a", "surefire", suite(2, 0, 0, 0, ""));
    report("b", "failsafe", suite(3, 0, 0, 0, "  <testcase name=\"x\" classname=\"C\"/>\n"));

    assertThat(shell.run("bin/count-tests")).isEqualTo(new Shell.Ended(0, "5 passed, 0 failed\n"));
  }

  @Test
  void failed_and_skipped_tests_count_as_failures_and_are_named() throws Exception {
    report(
        "a",
        "surefire",
        suite(
            4,
            1,
            1,
            1,
            """
              <testcase name="good" classname="C" time="0.1"/>
              <testcase name="bad" classname="C" time="0.1">
                <failure message="x" type="y"><![CDATA[x]]></failure>
              </testcase>
              <testcase name="broken" classname="C" time="0.1">
                <error type="y"/>
              </testcase>
              <testcase name="left_out" classname="C" time="0.1">
                <skipped/>
              </testcase>
            """));

    assertThat(shell.run("bin/count-tests", "1"))
        .isEqualTo(
            new Shell.Ended(
                1, "failed: C bad\nfailed: C broken\nskipped: C left_out\n1 passed, 3 failed\n"));
  }

  @Test
  void build_that_failed_without_a_failed_test_is_a_failure() throws Exception {
    report("a", "surefire", suite(2, 0, 0, 0, ""));

    assertThat(shell.run("bin/count-tests", "1"))
        .isEqualTo(
            new Shell.Ended(
                1, "the build failed, though no test did; see above\n2 passed, 1 failed\n"));
  }

  @Test
  void missing_reports_are_a_failure() throws Exception {
    assertThat(shell.run("bin/count-tests"))
        .isEqualTo(new Shell.Ended(1, "no test has run\n0 passed, 1 failed\n"));
  }
}
