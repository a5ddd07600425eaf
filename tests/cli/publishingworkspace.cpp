// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/publishingworkspace.h"

#include "workspace/database.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

const QString acme = str("acme");

QString controlProgram()
{
    return str(EARSHOT_BINARY_DIR "/app/cli/earshotctl");
}

int numberOf(const QString &reply)
{
    static const QRegularExpression form(str("text (\\d+)"));
    return form.match(reply).captured(1).toInt();
}

} // namespace

PublishingWorkspace::PublishingWorkspace(QStringList inside)
    : m_inside(std::move(inside))
    , m_program(m_inside.isEmpty() ? controlProgram() : m_inside.constFirst())
{
}

std::unique_ptr<QProcess> PublishingWorkspace::start(const QString &program, const QStringList &arguments) const
{
    const QStringList words = m_inside + QStringList(program) + arguments;
    return m_program.start(words.constFirst(), words.mid(1));
}

ControlAnswer PublishingWorkspace::run(const QStringList &words) const
{
    return m_program.run((m_inside + QStringList(controlProgram()) + words).mid(1));
}

void PublishingWorkspace::begin(std::unique_ptr<NetworkServer> networkServer)
{
    m_networkServer = std::move(networkServer);
    m_network = std::make_shared<FakeMastodon>(m_networkServer->host(), FakeMastodon::Dialect::goToSocial);
    m_network->setTime(m_clock.now());
    m_network->addPerson(acme);
    m_networkServer->serve(m_network);
    for (int i = 0; i < 6; ++i) {
        m_network->addPerson(str("person%1").arg(i));
        post(i, str("question number %1.").arg(i));
    }
    m_program.writeFile(acme, FakeMastodon::tokenOf(acme));
    const QList<QStringList> lines{{str("workspace"), str("create"), str("--admin"), str("Ana")},
                                   {str("agent"), str("add"), str("Kim")},
                                   {str("agent"), str("add"), str("Bo")},
                                   {str("workspace"), str("set"), str("undoSeconds"), str("0")},
                                   {str("channel"), str("add"), str("@acme@") + m_networkServer->host(),
                                    str("--network"), str("mastodon"), str("--token-file"), file(acme),
                                    str("--work-since"), str("2020-01-01")},
                                   {str("pull")}};
    for (const QStringList &line : lines) {
        const ControlAnswer answer = runHere(line);
        QVERIFY2(answer.exitCode == 0, QByteArray(line.join(u' ').toUtf8() + ": " + answer.err).constData());
    }
    for (const QString &agent : {str("Kim"), str("Bo")}) {
        const ControlAnswer made = runHere({str("agent"), str("token"), agent});
        const QByteArray token = made.object().value(str("token")).toString().toLatin1();
        QVERIFY2(!token.isEmpty(), made.err.constData());
        m_program.writeFile(agent + tokenEnding(), token);
    }
}

ControlAnswer PublishingWorkspace::runHere(const QStringList &words) const
{
    return run(QStringList{str("--workspace"), desk(), str("--json"), str("--key-file"), key()} + words);
}

QString PublishingWorkspace::account() const
{
    const auto database = std::move(Database::open(desk(), Database::Mode::readOnly).value());
    Statement find = database->statement("select_meta");
    return find.bind("name", QStringLiteral("workspace")).next() ? find.text(0) : QString();
}

void PublishingWorkspace::post(int person, const QString &text)
{
    m_network->setTime(m_clock.now());
    m_network->post(str("person%1").arg(person), str("@acme ") + text);
}

/// Some minutes: an attempt that a killed process had begun may be judged.
void PublishingWorkspace::letTimePass() const
{
    const auto database = std::move(Database::open(desk(), Database::Mode::readWrite).value());
    database->execute(str("UPDATE attempt SET started_at = started_at - 600000, deadline_at = deadline_at - 600000 "
                          "WHERE ended_at = 0"));
    QVERIFY(database->done());
}

/// A person looks at the network.
void PublishingWorkspace::answer(const QJsonObject &delivery) const
{
    const QString id = QString::number(delivery.value(str("id")).toInteger());
    const bool isThere = published().contains(numberOf(delivery.value(str("text")).toString()));
    const QString state = delivery.value(str("state")).toString();
    QStringList words{str("outbox"), isThere && state == str("unsure") ? str("settle") : str("retry"), id};
    if (words.at(1) == str("retry") && state == str("unsure"))
        words.append(str("--force"));
    const ControlAnswer answered = runHere(words);
    QVERIFY2(answered.exitCode == 0, answered.err.constData());
}

void PublishingWorkspace::publish()
{
    QJsonArray left;
    for (int round = 0; round < 6; ++round) {
        letTimePass();
        m_network->setTime(m_clock.now());
        static_cast<void>(runHere({str("deliver"), str("--now")}));
        left = runHere({str("outbox")}).array();
        if (left.isEmpty())
            return;
        for (const QJsonValue &one : std::as_const(left)) {
            const QString state = one[str("state")].toString();
            if (state == str("unsure") || state == str("failed"))
                answer(one.toObject());
        }
    }
    QVERIFY2(left.isEmpty(), QJsonDocument(left).toJson().constData());
}

/// How often each reply is there, by its number.
QHash<int, int> PublishingWorkspace::published() const
{
    QHash<int, int> times;
    for (const QString &id : m_network->postsOf(acme))
        ++times[numberOf(m_network->textOfPost(id))];
    return times;
}

QString PublishingWorkspace::troubleWithReplies(const QStringList &replies) const
{
    const QHash<int, int> times = published();
    for (const QString &text : replies) {
        if (times.value(numberOf(text)) != 1)
            return text + str(" is published %1 times").arg(times.value(numberOf(text)));
    }
    return times.size() == replies.size() ? QString()
                                          : str("%1 are published of %2").arg(times.size()).arg(replies.size());
}

} // namespace Earshot
