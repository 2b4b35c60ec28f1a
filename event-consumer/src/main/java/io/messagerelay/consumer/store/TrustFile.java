package io.messagerelay.consumer.store;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Certificates that are trusted, as the driver reads them: it knows key stores in files alone. The
 * file is our own, holds nothing secret and goes when the process ends.
 */
final class TrustFile {
  private static final String TYPE = "PKCS12";
  private static final String NO_SECRET = "certificates";

  private final Path file;

  private TrustFile(Path file) {
    this.file = file;
  }

  /**
   * @param pem one certificate or more
   */
  static TrustFile of(Path pem) throws StoreOpeningException {
    try {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(null, null);
      Collection<? extends Certificate> certificates = read(pem);
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
      return new TrustFile(write(store));
    } catch (IOException | GeneralSecurityException e) {
      throw new StoreOpeningException(
          "MYSQL_TLS_CA " + pem + ": cannot be read as certificates in PEM (" + e + ")", e);
    }
  }

  private static Collection<? extends Certificate> read(Path pem)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new IOException("there is none in it");
      }
      return all;
    }
  }

  private static Path write(KeyStore store) throws IOException, GeneralSecurityException {
    Path file = Files.createTempFile("mysql-authority-", ".p12");
    file.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, NO_SECRET.toCharArray());
    }
    return file;
  }

  void applyTo(MysqlDataSource source) throws SQLException {
    source.setTrustCertificateKeyStoreUrl(file.toUri().toString());
    source.setTrustCertificateKeyStoreType(TYPE);
    source.setTrustCertificateKeyStorePassword(NO_SECRET);
    source.setFallbackToSystemTrustStore(false);
  }
}
