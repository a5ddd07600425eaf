// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/mortaldesktop.h"

#include "model/actionjson.h"
#include "replica/replicasession.h"
#include "workspace/queries.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QByteArray lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

/// Stands still until it is set.
class ToldClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return timeFromMs(m_now.load()); }
    void set(qint64 now) { m_now = now; }

private:
    std::atomic<qint64> m_now{};
};

/// Reads what is to be done, a list a line, and says what each action is based on before it begins, and what becomes
/// of them.
class Obeying final : public QObject
{
public:
    Obeying(ReplicaSession &session, ToldClock &clock)
        : m_session(session)
        , m_clock(clock)
        , m_input(STDIN_FILENO, QSocketNotifier::Read)
    {
        connect(&m_input, &QSocketNotifier::activated, this, [this] { readMore(); });
    }

private:
    static void say(const QJsonObject &object)
    {
        const QByteArray line = lineOf(object);
        std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
        std::fflush(stdout);
    }
    void readMore()
    {
        char bytes[4096];
        const ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
        // Who told it what to do is gone.
        if (count <= 0)
            return QCoreApplication::quit();
        m_bytes.append(bytes, count);
        for (qsizetype end = m_bytes.indexOf('\n'); end >= 0; end = m_bytes.indexOf('\n')) {
            const QByteArray line = m_bytes.first(end);
            m_bytes.remove(0, end + 1);
            obey(QJsonDocument::fromJson(line).object());
        }
    }
    [[nodiscard]] Seq seqOf(ConversationId conversation)
    {
        const auto found = m_session.workspace().readNow<QList<ConversationRecord>>([&](Database &database) {
            return loadConversations(database, {conversation}, m_session.desk().me(), m_clock.now());
        });
        return found.value_or(QList<ConversationRecord>()).value(0).seq;
    }
    void write(const QJsonObject &order, int list)
    {
        DraftRecord draft;
        draft.conversation = ConversationId(order.value(str("conversation")).toInteger());
        draft.text = order.value(str("draft")).toString();
        m_session.desk().saveDraft(draft);
        whenDone(m_session.desk().flushPersonal(), this, [list](const Done &written) {
            if (written)
                say({{str("list"), list}, {str("told"), QJsonArray()}});
        });
    }
    void obey(const QJsonObject &order)
    {
        const int list = order.value(str("list")).toInt();
        m_clock.set(order.value(str("now")).toInteger());
        if (order.contains(str("draft")))
            return write(order, list);
        QList<Action> actions;
        QJsonArray based;
        const QJsonArray wished = order.value(str("actions")).toArray();
        for (const QJsonValue &one : wished) {
            auto action = actionFromJson(one.toObject());
            if (!action)
                qFatal("%s", qPrintable(action.error().detail));
            const ConversationId seen(order.value(str("seen")).toArray().at(actions.size()).toInteger());
            if (seen.isValid())
                action->basedOn = seqOf(seen);
            based.append(action->basedOn);
            actions.append(*action);
        }
        say({{str("list"), list}, {str("based"), based}});
        whenDone(m_session.desk().perform(actions), this, [list](const QList<Outcome> &outcomes) {
            QJsonArray told;
            for (const Outcome &outcome : outcomes)
                told.append(toJson(outcome));
            say({{str("list"), list}, {str("told"), told}});
        });
    }

    ReplicaSession &m_session;
    ToldClock &m_clock;
    QSocketNotifier m_input;
    QByteArray m_bytes;
};

} // namespace

MortalDesktop::MortalDesktop(const QStringList &arguments, const QString &path, const QByteArray &token,
                             const Clock &clock)
    : m_clock(clock)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process, [this] { hear(); });
    m_process.start(QCoreApplication::applicationFilePath(),
                    arguments + QStringList{path, QString::fromLatin1(token), QString::number(toMs(clock.now()))});
}

QFuture<QList<Outcome>> MortalDesktop::perform(const QList<Action> &actions, const QList<ConversationId> &conversations)
{
    QJsonArray wished;
    QJsonArray seen;
    for (qsizetype i = 0; i < actions.size(); ++i) {
        Action action = actions.at(i);
        const bool isAsSeen = std::exchange(action.basedOn, std::max(action.basedOn, Seq(0))) == asSeen;
        wished.append(toJson(action));
        seen.append(isAsSeen ? conversations.at(i).value : 0);
        m_ids[m_last + 1].append(action.id);
    }
    return tell({{str("actions"), wished}, {str("seen"), seen}});
}

QFuture<QList<Outcome>> MortalDesktop::write(ConversationId conversation, const QString &text)
{
    return tell({{str("draft"), text}, {str("conversation"), conversation.value}});
}

QFuture<QList<Outcome>> MortalDesktop::tell(QJsonObject order)
{
    order.insert(str("list"), ++m_last);
    order.insert(str("now"), toMs(m_clock.now()));
    m_process.write(lineOf(order));
    QPromise<QList<Outcome>> &told = m_told[m_last];
    told.start();
    return told.future();
}

void MortalDesktop::hear()
{
    while (m_process.canReadLine()) {
        const QJsonObject said = QJsonDocument::fromJson(m_process.readLine()).object();
        const int list = said.value(str("list")).toInt();
        if (const QJsonArray based = said.value(str("based")).toArray(); !based.isEmpty()) {
            ++m_begun;
            for (qsizetype i = 0; i < based.size(); ++i)
                m_basedOn.insert(m_ids.value(list).at(i), based.at(i).toInteger());
            continue;
        }
        QList<Outcome> outcomes;
        const QJsonArray told = said.value(str("told")).toArray();
        for (const QJsonValue &one : told)
            outcomes.append(outcomeFromJson(one.toObject()).value());
        const auto waiting = m_told.find(list);
        waiting->second.addResult(outcomes);
        waiting->second.finish();
        m_told.erase(waiting);
    }
}

void MortalDesktop::kill()
{
    m_process.kill();
    m_process.waitForFinished();
    hear();
    m_told.clear();
}

int obeyUntilKilled(const QStringList &arguments)
{
    ToldClock clock;
    clock.set(arguments.at(2).toLongLong());
    ReplicaSession::Options options;
    options.path = arguments.at(0);
    options.token = Secret(arguments.at(1).toLatin1());
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    options.patience = std::chrono::milliseconds(50);
    auto session = ReplicaSession::open(options, clock);
    if (!session)
        qFatal("%s", qPrintable(session.error().detail));
    const Obeying obeying(**session, clock);
    return QCoreApplication::exec();
}

} // namespace Earshot
