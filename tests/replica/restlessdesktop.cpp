// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/restlessdesktop.h"

#include "networks/authorities.h"
#include "replica/replicasession.h"
#include "tests/replica/deed.h"
#include "tests/replica/desktop.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

void say(const QString &word, int number, const QString &more = {})
{
    std::printf("%s %d%s\n", qPrintable(word), number, qPrintable(more));
    std::fflush(stdout);
}

/// Of a tag, or the words.
QString nameOf(int number)
{
    return (number % 5 == 4 ? str("tag%1") : str("text %1")).arg(number);
}

ConversationId conversationOf(int number, int first)
{
    return ConversationId(first + 2 * (number % 3));
}

bool isTag(int number)
{
    return number % 5 == 4;
}

/// Of a careful desktop: a claim or a status.
bool isState(int number)
{
    return !isTag(number) && number % 6 == 0;
}

/// The same: it reads before.
bool isCareful(int number)
{
    return isState(number) || (!isTag(number) && number % 4 == 1);
}

ActionArguments deed(int number, ConversationId conversation)
{
    const QString text = nameOf(number);
    if (isTag(number))
        return Act::AddTag{conversation, text};
    if (number % 2 == 0)
        return Act::AddNote{conversation, text};
    Act::SendReply reply;
    reply.conversation = conversation;
    reply.text = text;
    return reply;
}

ActionArguments stateDeed(int number, ConversationId conversation, AgentId me)
{
    if (number % 12 == 0)
        return Act::Assign{conversation, me};
    return Act::SetStatus{conversation, number % 18 == 0 ? Status::resolved : Status::open, {}, {}};
}

Seq seqOf(Workspace &workspace, ConversationId conversation)
{
    return firstColumn(workspace, str("SELECT seq FROM conversation WHERE id = %1").arg(conversation.value))
        .value(0)
        .toLongLong();
}

/// A desktop without a window: acts without end, several things at a time, and says what it asked for and what was
/// acknowledged. It is ended from outside.
class Worker final : public QObject
{
public:
    Worker(ReplicaSession &session, const Clock &clock, const QStringList &arguments)
        : m_session(session)
        , m_clock(clock)
        , m_next(arguments.at(2).toInt())
        , m_pause(arguments.value(4).toInt())
        , m_firstConversation(std::max(1, arguments.value(5).toInt()))
        , m_isDrafting(arguments.mid(6).contains(str("drafts")))
        , m_isCareful(arguments.mid(6).contains(str("careful")))
    {
    }

    /// Nothing more after this.
    void rest() { m_isResting = true; }

    void act()
    {
        if (m_isResting)
            return;
        const int number = m_next++;
        const Action action = actionOf(number);
        say(str("asks"), number, str(" %1 %2").arg(action.basedOn).arg(action.id.toString(QUuid::WithoutBraces)));
        if (m_isDrafting)
            beginToWrite(number);
        const QFuture<QList<Outcome>> done = m_session.desk().perform({action});
        whenDone(done, this, [this, number](const QList<Outcome> &outcomes) {
            if (!outcomes.isEmpty() && outcomes.constFirst().isApplied())
                say(str("has"), number);
            if (m_pause.count() == 0)
                act();
            else
                QTimer::singleShot(m_pause, this, [this] { act(); });
        });
    }

private:
    [[nodiscard]] Action actionOf(int number)
    {
        const ConversationId conversation = conversationOf(number, m_firstConversation);
        const bool isCareful = m_isCareful && Earshot::isCareful(number);
        const ActionArguments arguments = m_isCareful && isState(number)
                                              ? stateDeed(number, conversation, m_session.desk().me())
                                              : deed(number, conversation);
        return makeAction(arguments, m_clock.now(), isCareful ? seqOf(m_session.workspace(), conversation) : 0);
    }
    void beginToWrite(int number)
    {
        DraftRecord draft;
        draft.conversation = conversationOf(number, m_firstConversation + 1);
        draft.text = str("draft %1").arg(number);
        m_session.desk().saveDraft(draft);
        whenDone(m_session.desk().flushPersonal(), this, [number](const Done &written) {
            if (written)
                say(str("kept"), number);
        });
    }

    ReplicaSession &m_session;
    const Clock &m_clock;
    int m_next;
    const std::chrono::milliseconds m_pause;
    const int m_firstConversation;
    const bool m_isDrafting;
    const bool m_isCareful;
    bool m_isResting = false;
};

/// Ends the process when nothing waits and the server is there.
void endWhenSettled(ReplicaSession &session)
{
    auto *look = new QTimer(&session);
    QObject::connect(look, &QTimer::timeout, &session, [&session] {
        const bool isCurrent = session.desk().status().kind == DeskStatus::Kind::current;
        if (isCurrent && session.desk().waitingCount() == 0)
            QCoreApplication::quit();
    });
    look->start(std::chrono::milliseconds(200));
}

} // namespace

int workUntilKilled(const QStringList &arguments)
{
    const SystemClock clock;
    const QString authorities = arguments.value(3);
    if (!authorities.isEmpty()) {
        const auto pem = readAuthorities(authorities);
        if (!pem || !trustAuthorities(*pem))
            qFatal("no certificates");
    }
    ReplicaSession::Options options;
    options.path = arguments.at(0);
    options.token = Secret(arguments.at(1).toLatin1());
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    options.patience = std::chrono::milliseconds(30);
    auto session = ReplicaSession::open(options, clock);
    if (!session)
        qFatal("%s", qPrintable(session.error().detail));
    const int first = arguments.at(2).toInt();
    if (first == 0) {
        endWhenSettled(**session);
        return QCoreApplication::exec();
    }
    Worker worker(**session, clock, arguments);
    QObject::connect(session->get(), &ReplicaSession::usable, &worker, [&worker] {
        for (int i = 0; i < 4; ++i)
            worker.act();
    });
    // A word on its input: it acts no more, and ends when all is done.
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &worker, [&] {
        char byte = 0;
        input.setEnabled(false);
        if (read(STDIN_FILENO, &byte, 1) != 1)
            return;
        worker.rest();
        endWhenSettled(**session);
    });
    return QCoreApplication::exec();
}

void RestlessDeeds::hear(QProcess &process)
{
    while (process.canReadLine()) {
        const QList<QByteArray> words = process.readLine().trimmed().split(' ');
        const int number = words.value(1).toInt();
        last = std::max(last, number);
        if (words.constFirst() == "has")
            acknowledged.insert(number);
        else if (words.constFirst() == "kept")
            drafts.insert(number % 3, number);
        else if (words.value(2).toLongLong() > 0)
            careful.insert(number, {words.value(2).toLongLong(), QString::fromLatin1(words.value(3))});
    }
}

QString RestlessDeeds::troubleIn(Workspace &workspace, int first, Workspace *replica) const
{
    QHash<QString, int> times;
    for (const QString &text : firstColumn(workspace, str("SELECT text FROM message WHERE kind <> 0 AND agent IS NOT "
                                                          "NULL UNION ALL SELECT name FROM tag")))
        ++times[text];
    const QString list = str("SELECT json_extract(body, '$.id') FROM outbox WHERE state = 3");
    const QStringList refused = replica ? firstColumn(*replica, list) : QStringList();
    for (int number = first; number <= last; ++number) {
        const QString name = nameOf(number);
        if (careful.contains(number)) {
            const QString found = troubleWithCareful(workspace, number, refused.contains(careful.value(number).id));
            if (!found.isEmpty())
                return name + str(" ") + found;
        } else if (times.value(name) > 1 || (times.value(name) == 0 && acknowledged.contains(number))) {
            return name + str(" is done %1 times").arg(times.value(name));
        }
    }
    const QStringList journal =
        firstColumn(workspace, str("SELECT action FROM journal WHERE agent IN (2, 3) AND kind IN ('addNote', "
                                   "'sendReply', 'addTag')"));
    if (QSet<QString>(journal.cbegin(), journal.cend()).size() != journal.size() || journal.size() != times.size())
        return str("%1 are done, and %2 journaled").arg(times.size()).arg(journal.size());
    return {};
}

/// In words, of a reply, a claim or a status. @param isRefused it waits for a person
QString RestlessDeeds::troubleWithCareful(Workspace &workspace, int number, bool isRefused) const
{
    const Careful &one = careful[number];
    const auto count = [&workspace](const QString &rows) {
        return firstColumn(workspace, str("SELECT count(*) FROM ") + rows).constFirst().toInt();
    };
    const auto over = [&one](const QStringList &newer) {
        return newer.isEmpty() ? QString() : str("of %1 won over the newer ").arg(one.seen) + newer.join(str(", "));
    };
    const QString outcome = str("outcome WHERE action = '%1' AND json_extract(body, '$.outcome') = 'applied'");
    const bool isDone = count(outcome.arg(one.id)) == 1;
    if (isDone == isRefused && acknowledged.contains(number))
        return isDone ? str("is done, and waits for a person") : str("is gone");
    if (!isDone)
        return {};
    if (isState(number)) {
        // What was there already changes nothing, and is in no journal. The line has the number after that of the
        // conversation. What the same person did last before was decided on then.
        const QString lines = DeskDeed::linesOf(number % 12 == 0 ? str("assignee") : str("status"), one.id);
        const QString mine = str("(SELECT %1 FROM journal WHERE action = '%2')");
        const QString before =
            str("SELECT b.kind || ' by ' || b.agent || ' (' || b.seq || ')' FROM (SELECT * FROM journal WHERE %1 AND "
                "conversation = %2 AND seq < %3 ORDER BY seq DESC LIMIT 1) b WHERE b.seq > %4 + 1 AND b.agent <> %5")
                .arg(lines, mine.arg(str("conversation"), one.id), mine.arg(str("seq"), one.id))
                .arg(one.seen)
                .arg(mine.arg(str("agent"), one.id));
        return over(firstColumn(workspace, before));
    }
    const QString said = str("message WHERE text = '%1' AND kind = 1").arg(nameOf(number));
    if (count(said) != 1)
        return str("is done, and said %1 times").arg(count(said));
    const QString newer =
        str("SELECT o.text FROM message o JOIN message m ON m.text = '%1' AND m.kind = 1 WHERE "
            "o.conversation = m.conversation AND o.created_seq < m.created_seq AND o.created_seq > %2 "
            "AND (o.kind = 0 OR (o.kind = 1 AND o.agent <> m.agent))");
    return over(firstColumn(workspace, newer.arg(nameOf(number)).arg(one.seen)));
}

QString RestlessDeeds::troubleWithDrafts(Workspace &workspace, Workspace &replica, AgentId agent) const
{
    QStringList texts = firstColumn(
        workspace,
        str("SELECT json_extract(body, '$.text') FROM told_draft WHERE body <> '' AND agent = %1").arg(agent.value));
    // A desktop that ends with the last answer may not have told it yet.
    texts += firstColumn(replica, str("SELECT text FROM draft"));
    for (const int newest : drafts) {
        const bool isThere = std::any_of(texts.cbegin(), texts.cend(), [newest](const QString &text) {
            const int number = text.section(u' ', 1).toInt();
            return number % 3 == newest % 3 && number >= newest;
        });
        if (!isThere)
            return str("draft %1 is not among ").arg(newest) + texts.join(str(", "));
    }
    return {};
}

} // namespace Earshot
