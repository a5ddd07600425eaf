// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/exitcodes.h"
#include "fakes/fakemastodon.h"
#include "model/words.h"
#include "tests/cli/controlprogram.h"
#include "tests/cli/networkserver.h"
#include "workspace/workspace.h"

#include <QEventLoop>
#include <QProcess>
#include <QSet>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace Earshot;

namespace {

QString key(const char *text)
{
    return QString::fromUtf8(text);
}

/// A server that says the same to everything.
class Parrot final : public FakeNetwork
{
public:
    explicit Parrot(int status)
        : m_status(status)
    {
    }
    [[nodiscard]] QStringList hosts() const override { return {}; }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &) override
    {
        HttpAnswer answer;
        answer.status = m_status;
        answer.headers.insert("content-type", "application/json");
        answer.body = "{\"error\":\"no\"}";
        return answer;
    }

private:
    int m_status;
};

/// A desk with an account of which one question has been pulled.
struct ControlDesk
{
    ControlDesk()
    {
        network->setTime(SystemClock().now());
        network->addPerson(key("acme"));
        network->addPerson(key("mira"));
        network->post(key("mira"), key("@acme it broke"));
        server.serve(network);
        program.writeFile(key("token"), FakeMastodon::tokenOf(key("acme")));
        run("workspace create --admin Kim");
        run("agent add Ana");
        connect(true);
        run("pull");
    }
    ControlAnswer run(const char *line, bool hasKey = true) const
    {
        QStringList words = key(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        words += {key("--workspace"), file(), key("--json")};
        if (hasKey)
            words += {key("--key-file"), program.file(key("key"))};
        return program.run(words);
    }
    ControlAnswer connect(bool hasKey) const
    {
        const QString line = key("channel add @acme@%1 --network mastodon --token-file %2 --work-since 2020-01-01");
        return run(qPrintable(line.arg(server.host(), program.file(key("token")))), hasKey);
    }
    ControlAnswer pullFrom(int status)
    {
        server.serve(std::make_shared<Parrot>(status));
        return run("pull");
    }
    [[nodiscard]] QString file() const { return program.file(key("desk.earshot")); }

    ControlProgram program{QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl")};
    NetworkServer server;
    std::shared_ptr<FakeMastodon> network = std::make_shared<FakeMastodon>(server.host());
};

ControlAnswer takenByAnother(ControlDesk &desk)
{
    desk.run("claim 1 --agent Ana");
    return desk.run("claim 1");
}

/// Another process has the file and listens to nobody.
ControlAnswer ownerIsDeaf(ControlDesk &desk)
{
    const SystemClock clock;
    const auto owner = Workspace::open(desk.file(), Workspace::Access::owner, clock);
    return owner ? desk.run("claim 1") : ControlAnswer();
}

ControlAnswer fileIsDamaged(ControlDesk &desk)
{
    desk.program.writeFile(key("desk.earshot"), QByteArray(20'000, 'x'));
    return desk.run("inbox");
}

ControlAnswer keyIsNotNamed(ControlDesk &desk)
{
    desk.run("channel remove 1");
    return desk.connect(false);
}

/// Interrupted while it waits for a network that does not answer.
ControlAnswer interrupted(ControlDesk &desk)
{
    QEventLoop loop;
    std::unique_ptr<QProcess> process;
    desk.server.setWatch([&](const HttpRequest &) {
        ::kill(pid_t(process->processId()), SIGINT);
        return NetworkServer::Fate::unanswered;
    });
    process = desk.program.start(QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"),
                                 {key("pull"), key("--workspace"), desk.file(), key("--key-file"),
                                  desk.program.file(key("key")), key("--json")});
    QObject::connect(process.get(), &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(std::chrono::seconds(60), &loop, &QEventLoop::quit);
    loop.exec();
    ControlAnswer answer;
    answer.exitCode = process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1;
    answer.err = process->readAllStandardError();
    return answer;
}

/// How a program's run comes to a code.
struct Case
{
    ExitCode code;
    const char *kind; ///< of the error that is told
    ControlAnswer (*happens)(ControlDesk &desk);
};

const QList<Case> &allCases()
{
    static const QList<Case> cases = {
        {ExitCode::ok, "", [](ControlDesk &desk) { return desk.run("pull"); }},
        {ExitCode::failed, "transient", [](ControlDesk &desk) { return desk.pullFrom(500); }},
        {ExitCode::usage, "invalid", [](ControlDesk &desk) { return desk.run("claim"); }},
        {ExitCode::notFound, "notFound", [](ControlDesk &desk) { return desk.run("claim 99"); }},
        {ExitCode::refused, "refused", takenByAnother},
        {ExitCode::busy, "locked", ownerIsDeaf},
        {ExitCode::damaged, "damaged", fileIsDamaged},
        {ExitCode::signIn, "authExpired", [](ControlDesk &desk) { return desk.pullFrom(401); }},
        {ExitCode::disk, "io", [](ControlDesk &desk) { return desk.run("export --output nowhere/all"); }},
        {ExitCode::secrets, "noKeychain", keyIsNotNamed},
        {ExitCode::unsupported, "unsupported", [](ControlDesk &desk) { return desk.pullFrom(501); }},
        {ExitCode::interrupted, "cancelled", interrupted},
    };
    return cases;
}

} // namespace

/// Scripts build on the numbers: every kind of error has its own, and each of them is what a real run ends with.
class ExitCodesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasItsCode_data();
    void everyKindHasItsCode();
    void noKindIsForgotten();
    void programEndsWithEachCode_data();
    void programEndsWithEachCode();
    void noCodeIsForgotten();
};

static const QList<std::pair<ErrorKind, int>> &codesOfKinds()
{
    static const QList<std::pair<ErrorKind, int>> codes = {
        {ErrorKind::authExpired, 7},  {ErrorKind::permission, 7},  {ErrorKind::rateLimited, 1},
        {ErrorKind::quota, 1},        {ErrorKind::policy, 1},      {ErrorKind::parentGone, 1},
        {ErrorKind::duplicate, 1},    {ErrorKind::tooLong, 1},     {ErrorKind::transient, 1},
        {ErrorKind::unsure, 1},       {ErrorKind::malformed, 1},   {ErrorKind::tooLarge, 1},
        {ErrorKind::gone, 1},         {ErrorKind::notFound, 3},    {ErrorKind::invalid, 2},
        {ErrorKind::refused, 4},      {ErrorKind::locked, 5},      {ErrorKind::newerVersion, 6},
        {ErrorKind::damaged, 6},      {ErrorKind::diskFull, 8},    {ErrorKind::readOnly, 8},
        {ErrorKind::tryAgain, 5},     {ErrorKind::io, 8},          {ErrorKind::noKeychain, 9},
        {ErrorKind::otherAccount, 7}, {ErrorKind::certificate, 1}, {ErrorKind::cancelled, 130},
        {ErrorKind::unsupported, 10}, {ErrorKind::unknown, 1},
    };
    return codes;
}

void ExitCodesTest::everyKindHasItsCode_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("code");
    for (const auto &[kind, code] : codesOfKinds())
        QTest::newRow(qPrintable(word(kind))) << int(kind) << code;
}

void ExitCodesTest::everyKindHasItsCode()
{
    QFETCH(int, kind);
    const Error error{static_cast<ErrorKind>(kind), key("why"), {}};
    QTEST(int(exitCodeOf(error)), "code");
    // A sentence of its own: only what says itself, and what nobody foresaw, has none.
    const QString sentence = sentenceOf(error);
    QVERIFY(sentence.endsWith(key("why")));
    const bool isPlain = error.kind == ErrorKind::invalid || error.kind == ErrorKind::notFound;
    QCOMPARE(sentence == key("why"), isPlain);
    QCOMPARE(sentence.startsWith(key("Something unexpected")), error.kind == ErrorKind::unknown);
}

void ExitCodesTest::noKindIsForgotten()
{
    QSet<QString> kinds;
    for (const auto &[kind, code] : codesOfKinds())
        kinds.insert(word(kind));
    const QStringList all = words<ErrorKind>();
    QCOMPARE(kinds, QSet<QString>(all.begin(), all.end()));
}

void ExitCodesTest::programEndsWithEachCode_data()
{
    QTest::addColumn<int>("at");
    for (int i = 0; i < allCases().size(); ++i)
        QTest::addRow("%d", int(allCases().at(i).code)) << i;
}

void ExitCodesTest::programEndsWithEachCode()
{
    QFETCH(int, at);
    const Case &one = allCases().at(at);
    ControlDesk desk;
    const ControlAnswer answer = one.happens(desk);
    QVERIFY2(answer.exitCode == int(one.code),
             qPrintable(key("%1: %2").arg(answer.exitCode).arg(QString::fromUtf8(answer.err))));
    QCOMPARE(answer.errorKind(), key(one.kind));
}

void ExitCodesTest::noCodeIsForgotten()
{
    QList<int> shown;
    for (const Case &one : allCases())
        shown.append(int(one.code));
    QList<int> told;
    for (const ExitCodeHelp &help : exitCodes())
        told.append(int(help.code));
    QCOMPARE(shown, told);
}

QTEST_GUILESS_MAIN(ExitCodesTest)
#include "tst_exitcodes.moc"
