// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "controlprogram.h"
#include "tests/server/wireclient.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// The commands of README's "For a team" up to the hand-over, without their remarks and without what only an
/// administrator of the machine may do.
QStringList commands()
{
    QFile readme(str(EARSHOT_SOURCE_DIR "/README.md"));
    if (!readme.open(QIODevice::ReadOnly))
        return {};
    const QString part = QString::fromUtf8(readme.readAll())
                             .section(str("\n## For a team\n"), 1)
                             .section(str("\nA workspace that grew"), 0, 0);
    QStringList found;
    for (const QString &line : part.split(u'\n')) {
        if (line.startsWith(str("    ")) && !line.contains(str(" sudo ")))
            found.append(line.section(str("  # "), 0, 0).simplified());
    }
    return found;
}

} // namespace

/// README's "For a team", typed as it stands there: on the server, then from elsewhere. The server's address is the one
/// that it got, and where there is no keychain a file is named for it.
class ForATeamTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readmeIsTrue();

private:
    void type(const QString &command, const QByteArray &input = {});
    void startServer(const QString &command);
    void addColleagueAndChannel();
    [[nodiscard]] QByteArray tokenOf(const QString &agent);

    ControlProgram m_ctl{str(EARSHOT_BINARY_DIR "/app/cli/earshotctl")};
    std::unique_ptr<QProcess> m_server;
    QString m_url;
};

/// A command, whose first word must be the program's, or what README made of it.
void ForATeamTest::type(const QString &command, const QByteArray &input)
{
    QStringList words = QProcess::splitCommand(QString(command).replace(str("https://desk.example"), m_url));
    QCOMPARE(words.takeFirst(), str("$ctl"));
    const ControlAnswer answer = m_ctl.run(QStringList{str("--key-file"), m_ctl.file(str("key"))} + words, input);
    QVERIFY2(answer.exitCode == 0, qPrintable(command + u'\n' + QString::fromUtf8(answer.err)));
}

void ForATeamTest::startServer(const QString &command)
{
    QStringList words = QProcess::splitCommand(command);
    QCOMPARE(words.takeFirst(), str("build/app/server/earshotd"));
    m_server = m_ctl.start(str(EARSHOT_BINARY_DIR "/app/server/earshotd"),
                           words + QStringList{str("--listen"), str("127.0.0.1:0")});
    QByteArray told;
    QTRY_VERIFY_WITH_TIMEOUT((told += m_server->readAllStandardOutput()).contains('\n'), 20'000);
    m_url = str("http://127.0.0.1:") + QString::fromUtf8(told.trimmed().split(' ').constLast());
}

/// Whom and what README's last commands name.
void ForATeamTest::addColleagueAndChannel()
{
    type(str("$ctl --workspace team.earshot agent add Bo --role agent"));
    const QByteArray token = tokenOf(str("mira"));
    const quint16 port = quint16(m_url.section(u':', -1).toUInt());
    const QJsonObject session = WireClient(port, token, {}).get("/.well-known/jmap").json();
    WireClient admin(port, token, session.value(str("accounts")).toObject().keys().value(0));
    QJsonArray actions;
    actions.append(wireAction(str("addChannel"), {{str("network"), str("mastodon")},
                                                  {str("address"), str("@acme@social.example")},
                                                  {str("name"), str("acme")},
                                                  {str("baseUrl"), str("https://social.example")},
                                                  {str("login"), str("acme")},
                                                  {str("purpose"), str("support")},
                                                  {str("horizon"), QJsonValue()},
                                                  {str("workSince"), QJsonValue()}}));
    const QJsonArray outcomes = admin.perform(actions);
    QVERIFY2(outcomes[0][str("outcome")] == str("applied"), QJsonDocument(outcomes).toJson().constData());
    m_ctl.writeFile(str("admin.txt"), token);
}

QByteArray ForATeamTest::tokenOf(const QString &agent)
{
    const ControlAnswer answer =
        m_ctl.run({str("--workspace"), str("team.earshot"), str("agent"), str("token"), agent, str("--json")});
    return answer.object().value(str("token")).toString().toLatin1();
}

void ForATeamTest::readmeIsTrue()
{
    const QStringList all = commands();
    QCOMPARE(all.size(), 13);
    QCOMPARE(all[0], str("packaging/setup earshotd earshotctl"));
    QCOMPARE(all[1], str("ctl=build/app/cli/earshotctl"));
    type(all[2]);
    type(all[3]);
    type(all[4], "open sesame\n");
    startServer(all[5]);
    type(all[6], "open sesame\n");
    type(all[7]);
    m_ctl.writeFile(str("token.txt"), tokenOf(str("Kim")));
    type(all[8]);
    type(all[9]);
    addColleagueAndChannel();
    for (const QString &command : all.mid(10))
        type(QString(command).replace(str("https://desk.example"), str("https://desk.example --token-file admin.txt")));
}

QTEST_GUILESS_MAIN(ForATeamTest)
#include "tst_forateam.moc"
