package dev.clinickpi.privacy.audit;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** An authority that answers requests for time stamps, as one on the net does. */
final class TimeStampingAuthority {

    private static final String SIGNATURE = "SHA256withRSA";
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final KeyPair keys;
    private final X509Certificate certificate;

    private TimeStampingAuthority(KeyPurposeId purpose) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Time");
        certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(BEGIN),
                                Date.from(BEGIN.plus(Duration.ofDays(365))),
                                name,
                                keys.getPublic())
                        .addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose))
                        .build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())));
    }

    static TimeStampingAuthority start() throws Exception {
        return new TimeStampingAuthority(KeyPurposeId.id_kp_timeStamping);
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** Answers at a moment, or refuses what it does not accept the hash of. */
    byte[] answer(byte[] request, Instant at, ASN1ObjectIdentifier accepted) throws Exception {
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                new JcaSimpleSignerInfoGeneratorBuilder().build(SIGNATURE, keys.getPrivate(), certificate),
                new JcaDigestCalculatorProviderBuilder().build().get(new AlgorithmIdentifier(TSPAlgorithms.SHA256)),
                new ASN1ObjectIdentifier("1.2.3"));
        tokens.addCertificates(new JcaCertStore(List.of(certificate)));
        return new TimeStampResponseGenerator(tokens, Set.of(accepted.getId()))
                .generate(new TimeStampRequest(request), BigInteger.TWO, Date.from(at))
                .getEncoded();
    }

    byte[] answer(byte[] request, Instant at) throws Exception {
        return answer(request, at, TSPAlgorithms.SHA256);
    }
}
