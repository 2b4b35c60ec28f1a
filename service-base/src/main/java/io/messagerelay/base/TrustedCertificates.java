package io.messagerelay.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/** Certificates that are trusted, in the form that MySQL's driver knows: a key store in a file. */
public final class TrustedCertificates {
  public static final String TYPE = "PKCS12";

  /** Of the key store, which holds nothing secret. */
  public static final String PASSWORD = "certificates";

  private TrustedCertificates() {}

  /**
   * A file of our own, which goes when the process ends.
   *
   * @param pem one certificate or more
   */
  public static Path keyStore(Path pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    store.load(null, null);
    for (Certificate certificate : read(pem)) {
      store.setCertificateEntry("authority-" + store.size(), certificate);
    }
    return write(store);
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
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }
}
