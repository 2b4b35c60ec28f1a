package io.messagerelay.servers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked once for this JVM and removed when it ends. They refuse to run as
 * root, so for root they lie where anybody may read them, and are run as nobody.
 */
final class PostgresPrograms {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final String ANYBODY = "nobody";

  private static final class Unpacked {
    private static final PostgresPrograms PROGRAMS = unpack();
  }

  private final Path folder;

  private PostgresPrograms(Path folder) {
    this.folder = folder;
  }

  static PostgresPrograms unpacked() {
    return Unpacked.PROGRAMS;
  }

  private static PostgresPrograms unpack() {
    try {
      Path folder = Files.createTempDirectory("relay-postgres-programs-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      unpackTo(folder);
      return new PostgresPrograms(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL cannot be unpacked", e);
    }
  }

  private static void remove(Path folder) {
    try {
      ServerProcess.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unpackTo(Path folder) throws IOException {
    try (InputStream in =
            Objects.requireNonNull(PostgresPrograms.class.getResourceAsStream(ARCHIVE), ARCHIVE);
        var tar =
            new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, folder.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path to)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(to);
      return;
    }
    Files.createDirectories(to.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, to);
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** A new and empty folder that the programs may write to. */
  Path newFolder() throws IOException {
    Path made = Files.createTempDirectory("relay-postgres-");
    if (isRoot()) {
      Files.setOwner(
          made,
          made.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(ANYBODY));
    }
    return made;
  }

  /** The command line of a program. */
  List<String> line(String program, String... arguments) {
    List<String> line = new ArrayList<>();
    if (isRoot()) {
      line.addAll(List.of("setpriv", "--reuid=" + ANYBODY, "--clear-groups", "--inh-caps=-all"));
    }
    line.add(folder.resolve("bin").resolve(program).toString());
    line.addAll(List.of(arguments));
    return line;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
