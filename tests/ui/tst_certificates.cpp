// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/joining.h"
#include "replica/replicasession.h"
#include "server/serverconfig.h"
#include "tests/networks/testcertificate.h"
#include "tests/server/serverworld.h"
#include "ui/shell/errortext.h"
#include "ui/window/statuscontrol.h"

#include <QSslConfiguration>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// A server that cannot prove who it is: joining says what is wrong and what to do, a replica too, and neither tells it
/// anything.
class CertificatesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void joiningSaysWhatIsWrong_data();
    void joiningSaysWhatIsWrong();
    void replicaSaysWhatIsWrong_data() { joiningSaysWhatIsWrong_data(); }
    void replicaSaysWhatIsWrong();

private:
    [[nodiscard]] QSslConfiguration tlsOf(const QByteArray &certificate) const;
    void trust(const QByteArray &certificate) const;
    void serve(const QByteArray &certificate, bool isTrusted);
    [[nodiscard]] QString address() const { return str("https://127.0.0.1:%1").arg(m_secure->port()); }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<Server> m_secure;
    std::unique_ptr<QTemporaryDir> m_folder;
    const QSslConfiguration m_before = QSslConfiguration::defaultConfiguration();
};

void CertificatesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_world = std::make_unique<ServerWorld>();
    m_world->stopServer();
    m_world->setPassword(ServerWorld::kim, "correct horse");
}

void CertificatesTest::cleanup()
{
    QSslConfiguration::setDefaultConfiguration(m_before);
    m_secure.reset();
    m_world.reset();
}

QSslConfiguration CertificatesTest::tlsOf(const QByteArray &certificate) const
{
    for (const auto &[name, text] : {std::pair("cert.pem", certificate), std::pair("key.pem", QByteArray(testKey))}) {
        QFile file(m_folder->filePath(str(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    }
    const auto tls = loadTls(m_folder->filePath(str("cert.pem")), m_folder->filePath(str("key.pem")));
    return tls.value_or(QSslConfiguration());
}

void CertificatesTest::trust(const QByteArray &certificate) const
{
    QSslConfiguration trusting = m_before;
    trusting.addCaCertificate(QSslCertificate(certificate));
    QSslConfiguration::setDefaultConfiguration(trusting);
}

void CertificatesTest::serve(const QByteArray &certificate, bool isTrusted)
{
    const QSslConfiguration tls = tlsOf(certificate);
    QVERIFY(!tls.localCertificate().isNull());
    m_secure = std::make_unique<Server>(m_world->desk(), Server::Options());
    QVERIFY(m_secure->listen(QHostAddress(QHostAddress::LocalHost), 0, tls));
    if (isTrusted)
        trust(certificate);
}

void CertificatesTest::joiningSaysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<QString>("said"); ///< empty = it is let in
    QTest::newRow("self-signed") << QByteArray(testCertificate) << false << str("--ca-file");
    QTest::newRow("known") << QByteArray(testCertificate) << true << QString();
    QTest::newRow("of another host") << QByteArray(certificateOfAnotherHost) << true << str("another name");
    QTest::newRow("stranger of another host") << QByteArray(certificateOfAnotherHost) << false << str("another name");
    QTest::newRow("expired") << QByteArray(expiredCertificate) << true << str("has expired");
    QTest::newRow("of the future") << QByteArray(futureCertificate) << true << str("is not valid yet");
}

void CertificatesTest::joiningSaysWhatIsWrong()
{
    QFETCH(QByteArray, certificate);
    QFETCH(bool, isTrusted);
    QFETCH(QString, said);
    serve(certificate, isTrusted);
    const QString path = m_folder->filePath(str("desk.earshot"));
    Joining joining(
        path, [](const QString &, const Secret &) { return readyFuture(Done()); }, m_world->clock());
    std::optional<Error> ended;
    connect(&joining, &Joining::joined, this, [&] { ended = Error(); });
    connect(&joining, &Joining::failed, this, [&](const Error &error) { ended = error; });
    joining.logIn(address(), str("Kim"), Secret("correct horse"));
    QTRY_VERIFY(ended);
    QCOMPARE(QFile::exists(path), said.isEmpty());
    QCOMPARE(m_world->accessLog().size(), said.isEmpty() ? 1 : 0);
    if (said.isEmpty())
        return;
    QCOMPARE(ended->kind, ErrorKind::certificate);
    const QString sentence = ErrorText::ofAttempt(*ended);
    QVERIFY2(sentence.contains(said), qPrintable(sentence));
    QVERIFY2(sentence.contains(str("nothing was sent")), qPrintable(sentence));
}

void CertificatesTest::replicaSaysWhatIsWrong()
{
    QFETCH(QByteArray, certificate);
    QFETCH(bool, isTrusted);
    QFETCH(QString, said);
    serve(certificate, isTrusted);
    ReplicaSession::Options options;
    options.path = m_folder->filePath(str("replica.earshot"));
    options.token = Secret(m_world->token(ServerWorld::kim));
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    QVERIFY(ReplicaFile::create(options.path, {address(), m_world->account(), ServerWorld::kim}, m_world->clock()));
    const auto session = ReplicaSession::open(options, m_world->clock());
    QVERIFY(session);
    const auto status = [&] { return (*session)->desk().status(); };
    if (said.isEmpty()) {
        QTRY_COMPARE(status().kind, DeskStatus::Kind::current);
        return;
    }
    QTRY_COMPARE(status().why.kind, ErrorKind::certificate);
    QCOMPARE(status().kind, DeskStatus::Kind::offline);
    const QString sentence = ErrorText::of(status().why);
    QVERIFY2(sentence.contains(said), qPrintable(sentence));
    // Nobody between has one of the server's of another time.
    const bool isOfAnotherTime = said == str("has expired") || said == str("is not valid yet");
    QCOMPARE(sentence.contains(str("log-in page of a hotel")), !isOfAnotherTime);
    QVERIFY2(StatusControl::whyNotJoined(status().why).contains(str("tried again by itself")), qPrintable(sentence));
    // The server gets a good one, and nobody does anything here.
    trust(testCertificate);
    m_secure->setTls(tlsOf(testCertificate));
    QTRY_COMPARE(status().kind, DeskStatus::Kind::current);
}

QTEST_GUILESS_MAIN(CertificatesTest)
#include "tst_certificates.moc"
