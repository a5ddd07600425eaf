// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connectorbench.h"
#include "networks/dpop.h"
#include "networks/jsonvalues.h"

#include <QJsonDocument>

using namespace Earshot;

class DpopTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysAreKept();
    void foreignKeysAreRefused();
    void signatureOfTheStandard();
    void proofSaysWhatItIsFor();
};

static QJsonObject partOf(const QByteArray &proof, qsizetype index)
{
    return QJsonDocument::fromJson(QByteArray::fromBase64(proof.split('.').value(index), QByteArray::Base64UrlEncoding))
        .object();
}

void DpopTest::keysAreKept()
{
    const Es256Key key = Es256Key::generate();
    QVERIFY(key.isValid());
    const Es256Key again = Es256Key::from(key.privateKey());
    QVERIFY(again.isValid());
    QCOMPARE(again.publicKey(), key.publicKey());
    QVERIFY(Es256Key::generate().publicKey() != key.publicKey());
    // Both numbers have 32 bytes, also when their first ones are zero.
    for (int i = 0; i < 600; ++i) {
        const QByteArray text = QByteArray::number(i);
        const QByteArray signature = again.sign(text);
        QCOMPARE(signature.size(), 64);
        QVERIFY(isSignedBy(key.publicKey(), text, signature));
    }
}

void DpopTest::foreignKeysAreRefused()
{
    QVERIFY(!Es256Key().isValid());
    QVERIFY(Es256Key().sign("x").isEmpty());
    QVERIFY(Es256Key().privateKey().isEmpty());
    for (const QByteArray &nonsense : {QByteArray(), QByteArray("nonsense"), QByteArray("MHcCAQEEIA==")})
        QVERIFY(!Es256Key::from(Secret(nonsense)).isValid());
    const Es256Key key = Es256Key::generate();
    const QByteArray signature = key.sign("text");
    QVERIFY(!isSignedBy(key.publicKey(), "other", signature));
    QVERIFY(!isSignedBy(Es256Key::generate().publicKey(), "text", signature));
    QVERIFY(!isSignedBy({}, "text", signature));
    QVERIFY(!isSignedBy(key.publicKey(), "text", signature.first(63)));
    QByteArray bent = signature;
    bent[5] = char(bent[5] ^ 1);
    QVERIFY(!isSignedBy(key.publicKey(), "text", bent));
}

void DpopTest::signatureOfTheStandard()
{
    // RFC 7515, appendix A.3: somebody else's signature with ES256.
    const QJsonObject key{{QStringLiteral("x"), QStringLiteral("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")},
                          {QStringLiteral("y"), QStringLiteral("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")}};
    const QByteArray text =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
        "cnVlfQ";
    const QByteArray signature =
        QByteArray::fromBase64("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
                               QByteArray::Base64UrlEncoding);
    QVERIFY(isSignedBy(key, text, signature));
}

void DpopTest::proofSaysWhatItIsFor()
{
    const Es256Key key = Es256Key::generate();
    const QUrl url(QStringLiteral("https://pds.example/xrpc/app.bsky.feed.getPosts?uris=at%3A%2F%2Fx#part"));
    const Time now = timeFromMs(1'790'000'000'900);
    const QByteArray proof = dpopProof(key, "GET", url, QStringLiteral("n-1"), Secret("token"), now);
    QCOMPARE(textOf(partOf(proof, 0), "typ"), QStringLiteral("dpop+jwt"));
    QCOMPARE(textOf(partOf(proof, 0), "alg"), QStringLiteral("ES256"));
    QCOMPARE(objectOf(partOf(proof, 0), "jwk"), key.publicKey());
    QVERIFY(!objectOf(partOf(proof, 0), "jwk").contains(QLatin1StringView("d")));
    const QJsonObject claims = partOf(proof, 1);
    QCOMPARE(textOf(claims, "htu"), QStringLiteral("https://pds.example/xrpc/app.bsky.feed.getPosts"));
    QCOMPARE(textOf(claims, "htm"), QStringLiteral("GET"));
    QCOMPARE(textOf(claims, "nonce"), QStringLiteral("n-1"));
    QCOMPARE(valueOf(claims, "iat").toInteger(), 1'790'000'000);
    // SHA-256 of "token".
    QCOMPARE(textOf(claims, "ath"), QStringLiteral("PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A"));
    const qsizetype dot = proof.lastIndexOf('.');
    QVERIFY(isSignedBy(key.publicKey(), proof.first(dot),
                       QByteArray::fromBase64(proof.mid(dot + 1), QByteArray::Base64UrlEncoding)));
    // Without a token and before the first nonce.
    const QJsonObject first = partOf(dpopProof(key, "POST", url, {}, {}, now), 1);
    QVERIFY(!first.contains(QLatin1StringView("nonce")) && !first.contains(QLatin1StringView("ath")));
    QVERIFY(textOf(first, "jti") != textOf(claims, "jti"));
}

QTEST_GUILESS_MAIN(DpopTest)
#include "tst_dpop.moc"
