// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/generator.h"

#include "model/records.h"
#include "sample/wordsource.h"
#include "workspace/messagestore.h"
#include "workspace/workspace.h"

#include <QFile>

#include <algorithm>
#include <queue>
#include <vector>

namespace Earshot {

namespace {

constexpr qint64 channels = 30;
constexpr qint64 agents = 25;
constexpr qint64 tags = 16;
constexpr qint64 longest = 5000;
constexpr qint64 rowsPerTransaction = 200'000;
constexpr qint64 firstMessage = Q_INT64_C(1) << 40;
constexpr Duration span = std::chrono::days(4 * 365);

Network networkOf(qint64 channel)
{
    return static_cast<Network>(channel % 3);
}

/// A conversation that is still being talked in.
struct Talk
{
    qint64 id = 0;
    qint64 identity = 0;
    qint64 channel = 0;
    int left = 0;
    int count = 0;
    bool isOurTurn = false;
    bool isOpen = false;
    qint64 agent = 0;
    Time startedAt;
    Time lastAt;
    Time waitingSince;
    qint64 newestInbound = 0;
    QString subject;
    QString snippet;
};

/// Where the network has followers: most people have some hundred, few have very many.
int followersOf(const Talk &talk)
{
    const auto mixed = int(talk.identity * 7919 % 10'000);
    return networkOf(talk.channel) == Network::mastodon ? 1'000'000 / (1 + mixed) : 0;
}

/// Writes the rows of the reference workspace into a file that is there and empty. Lives for one call.
class Generator
{
public:
    Generator(Database &database, qint64 conversations, qint64 messages, quint32 seed, Time end,
              const std::function<void(double)> &progress)
        : m_database(database)
        , m_words(seed)
        , m_conversations(conversations)
        , m_messages(messages)
        , m_contacts(std::max<qint64>(conversations * 3 / 10, channels))
        , m_end(end)
        , m_progress(progress)
    {
    }

    void run();

private:
    struct Turn
    {
        Time at;
        qint64 order;
        size_t talk;
        bool operator>(const Turn &other) const { return std::pair(at, order) > std::pair(other.at, other.order); }
    };

    [[nodiscard]] Seq next() { return ++m_seq; }
    [[nodiscard]] std::vector<int> planLengths();
    void writeFrame();
    void writeContacts();
    void writeTalks();
    void startTalk(qint64 id, int length, Time at);
    void takeTurn(const Turn &turn);
    void writeMessage(Talk &talk, MessageKind kind, Time at);
    void endTalk(const Talk &talk);
    void writeJournal(const Talk &talk, const char *kind, Time at, const QString &after);
    void indexMessages();
    void finish();
    void rowWritten();
    void executeFile(const QString &name);
    [[nodiscard]] QStringList schemaParts();
    void tell(double share) const
    {
        if (m_progress)
            m_progress(share);
    }

    Database &m_database;
    WordSource m_words;
    qint64 m_conversations;
    qint64 m_messages;
    qint64 m_contacts;
    Time m_end;
    const std::function<void(double)> &m_progress;
    Seq m_seq = 1; // the admin's
    qint64 m_rows = 0;
    qint64 m_written = 0;
    std::vector<Talk> m_talks;
    std::vector<size_t> m_free;
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> m_turns;
};

void Generator::executeFile(const QString &name)
{
    QFile file(QStringLiteral(":/bulk/") + name);
    if (!file.open(QIODevice::ReadOnly)) {
        m_database.setFailure({ErrorKind::unknown, QStringLiteral("no script ") + name, {}});
        return;
    }
    m_database.execute(QString::fromUtf8(file.readAll()));
}

QStringList Generator::schemaParts()
{
    QStringList parts;
    Statement find = m_database.statement("select_schema_parts");
    while (find.next())
        parts.append(find.text(0));
    return parts;
}

void Generator::rowWritten()
{
    if (++m_rows % rowsPerTransaction != 0)
        return;
    m_database.execute(QStringLiteral("COMMIT"));
    m_database.execute(QStringLiteral("BEGIN"));
}

void Generator::run()
{
    const QStringList parts = schemaParts();
    executeFile(QStringLiteral("drop.sql"));
    m_database.execute(QStringLiteral("BEGIN"));
    writeFrame();
    writeContacts();
    writeTalks();
    m_database.execute(QStringLiteral("COMMIT"));
    indexMessages();
    const QStringList kept = schemaParts();
    for (const QString &part : parts) {
        if (!kept.contains(part))
            m_database.execute(part);
    }
    tell(0.97);
    finish();
    tell(1);
}

void Generator::writeFrame()
{
    for (qint64 id = 2; id <= agents; ++id) {
        Statement insert = m_database.statement("bulk_insert_agent");
        insert.bind("id", id).bind("seq", next()).bind("uuid", QStringLiteral("agent-%1").arg(id));
        insert.bind("name", QStringLiteral("Agent %1").arg(id))
            .bind("role", id % 8 == 0 ? Role::lead : Role::agent)
            .run();
    }
    for (qint64 id = 1; id <= channels; ++id) {
        Statement insert = m_database.statement("bulk_insert_channel");
        insert.bind("id", id).bind("seq", next()).bind("uuid", QStringLiteral("channel-%1").arg(id));
        const Network network = networkOf(id);
        insert.bind("network", network).bind("can_reply", network != Network::feed);
        insert.bind("address", QStringLiteral("https://channel%1.example").arg(id));
        insert.bind("name", QStringLiteral("Channel %1").arg(id)).bind("at", m_end - span).run();
    }
    for (qint64 id = 1; id <= tags; ++id) {
        Statement insert = m_database.statement("bulk_insert_tag");
        insert.bind("id", id).bind("seq", next()).bind("uuid", QStringLiteral("tag-%1").arg(id));
        insert.bind("name", QStringLiteral("tag%1").arg(id)).run();
    }
}

void Generator::writeContacts()
{
    for (qint64 id = 1; id <= m_contacts; ++id) {
        {
            Statement contact = m_database.statement("bulk_insert_contact");
            contact.bind("id", id).bind("seq", next()).bind("channel", id % channels + 1).run();
        }
        Statement identity = m_database.statement("bulk_insert_identity");
        identity.bind("id", id).bind("seq", next()).bind("channel", id % channels + 1);
        identity.bind("remote_id", QString::number(id))
            .bind("handle", QStringLiteral("@user%1@social.example").arg(id));
        identity.bind("name", m_words.name()).run();
        rowWritten();
    }
    tell(0.02);
}

std::vector<int> Generator::planLengths()
{
    const double mean = double(m_messages) / double(m_conversations);
    std::vector<int> lengths(size_t(m_conversations), 1);
    qint64 left = m_messages - m_conversations;
    // One conversation of 5,000 messages, or a fifth of all where there are fewer.
    const qint64 most = std::min({longest - 1, left / 5, left});
    lengths[size_t(m_conversations / 2)] += int(most);
    left -= most;
    for (size_t i = 0; i < lengths.size() && left > 0; ++i) {
        const qint64 more = std::min<qint64>(std::min(m_words.around(mean), 400) - 1, left);
        lengths[i] += int(more);
        left -= more;
    }
    for (size_t i = 0; left > 0; i = (i + 1) % lengths.size(), --left)
        ++lengths[i];
    return lengths;
}

void Generator::writeTalks()
{
    const std::vector<int> lengths = planLengths();
    const qint64 step = std::max<qint64>(span.count() / m_conversations, 1);
    for (qint64 i = 0; i < m_conversations && !m_database.failure(); ++i) {
        const Time at = m_end - span + Duration(i * step + m_words.below(step));
        while (!m_turns.empty() && m_turns.top().at < at) {
            const Turn turn = m_turns.top();
            m_turns.pop();
            takeTurn(turn);
        }
        startTalk(i + 1, lengths[size_t(i)], at);
        if (i % 1000 == 0)
            tell(0.02 + 0.28 * double(i) / double(m_conversations));
    }
    while (!m_turns.empty() && !m_database.failure()) {
        const Turn turn = m_turns.top();
        m_turns.pop();
        takeTurn(turn);
    }
}

void Generator::startTalk(qint64 id, int length, Time at)
{
    Talk talk;
    talk.id = id;
    talk.identity = 1 + m_words.below(m_contacts);
    talk.channel = talk.identity % channels + 1;
    talk.left = length;
    talk.startedAt = at;
    // What is still open is of the last weeks.
    talk.isOpen = id > m_conversations - std::max<qint64>(m_conversations / 100, 1);
    talk.agent = talk.isOpen && m_words.chance(0.4) ? 0 : 1 + m_words.below(agents);
    {
        Statement thread = m_database.statement("bulk_insert_thread");
        thread.bind("id", id).bind("seq", next()).bind("channel", talk.channel);
        thread.bind("uri", QStringLiteral("https://c%1.example/t/%2").arg(talk.channel).arg(id)).run();
    }
    size_t place = m_talks.size();
    if (m_free.empty()) {
        m_talks.push_back(talk);
    } else {
        place = m_free.back();
        m_free.pop_back();
        m_talks[place] = talk;
    }
    m_turns.push({at, id, place});
}

void Generator::takeTurn(const Turn &turn)
{
    Talk &talk = m_talks[turn.talk];
    const bool isNote = talk.count > 1 && m_words.chance(0.08);
    writeMessage(talk,
                 isNote           ? MessageKind::note
                 : talk.isOurTurn ? MessageKind::reply
                                  : MessageKind::inbound,
                 turn.at);
    if (!isNote)
        talk.isOurTurn = m_words.chance(talk.isOurTurn ? 0.1 : 0.75);
    if (--talk.left > 0) {
        const qint64 wait = talk.count > 100 ? 600'000 : 60'000 + m_words.below(40'000'000);
        m_turns.push({std::min(turn.at + Duration(wait), m_end), talk.id, turn.talk});
        return;
    }
    endTalk(talk);
    m_free.push_back(turn.talk);
}

void Generator::writeMessage(Talk &talk, MessageKind kind, Time at)
{
    const qint64 id = firstMessage + ++m_written;
    const QString text = m_words.text(40 + int(m_words.below(256)));
    const bool isEdited = kind == MessageKind::inbound && m_words.chance(0.03);
    {
        Statement insert = m_database.statement("bulk_insert_message");
        insert.bind("id", id).bind("seq", next()).bind("channel", talk.channel).bind("conversation", talk.id);
        insert.bind("kind", kind)
            .bind("identity", kind == MessageKind::inbound ? IdentityId(talk.identity) : IdentityId());
        insert.bind("agent", kind == MessageKind::inbound ? AgentId() : AgentId(std::max<qint64>(talk.agent, 1)));
        const QString uri = QStringLiteral("https://c%1.example/%2").arg(talk.channel).arg(id - firstMessage);
        if (kind == MessageKind::note)
            insert.bindNull("uri_key").bind("uri", QString());
        else
            insert.bind("uri_key", uriKey(uri)).bind("uri", uri);
        insert.bind("at", at)
            .bind("edited_at", isEdited ? at + std::chrono::minutes(5) : Time())
            .bind("text", text)
            .run();
    }
    if (isEdited) {
        Statement version = m_database.statement("bulk_insert_version");
        version.bind("seq", next()).bind("channel", talk.channel).bind("message", id);
        version.bind("at", at + std::chrono::minutes(5)).bind("text", m_words.text(80)).run();
    }
    ++talk.count;
    rowWritten();
    if (talk.count == 1)
        talk.subject = text.left(80);
    if (kind == MessageKind::note)
        return;
    talk.lastAt = at;
    talk.snippet = text.left(160);
    if (kind == MessageKind::inbound) {
        talk.newestInbound = id;
        if (!isKnown(talk.waitingSince))
            talk.waitingSince = at;
    } else {
        talk.waitingSince = Time();
    }
}

void Generator::writeJournal(const Talk &talk, const char *kind, Time at, const QString &after)
{
    Statement insert = m_database.statement("bulk_insert_journal");
    insert.bind("seq", next())
        .bind("channel", talk.channel)
        .bind("at", at)
        .bind("agent", std::max<qint64>(talk.agent, 1));
    insert.bind("kind", QString::fromLatin1(kind)).bind("conversation", talk.id).bind("before", QString());
    insert.bind("after", after).run();
}

void Generator::endTalk(const Talk &talk)
{
    const qint64 sort = m_words.below(10);
    const Status open = sort < 6 ? Status::open : sort < 9 ? Status::pending : Status::snoozed;
    const Status status = talk.isOpen ? open : Status::resolved;
    const bool isAnswered = !isKnown(talk.waitingSince);
    {
        Statement insert = m_database.statement("bulk_insert_conversation");
        insert.bind("id", talk.id).bind("seq", next()).bind("channel", talk.channel).bind("identity", talk.identity);
        insert.bind("subject", talk.subject).bind("snippet", talk.snippet).bind("status", status);
        insert.bind("reason", talk.isOpen ? Reason::none : isAnswered ? Reason::answered : Reason::noAnswerNeeded);
        insert.bind("snoozed_until", status == Status::snoozed ? m_end + std::chrono::days(1 + sort) : Time());
        insert.bind("assignee", AgentId(talk.agent))
            .bind("priority", m_words.chance(0.05) ? Priority::high : Priority::normal);
        insert.bind("needs_answer", !isAnswered).bind("message_count", talk.count).bind("created_at", talk.startedAt);
        insert.bind("last_message_at", isKnown(talk.lastAt) ? talk.lastAt : talk.startedAt);
        insert.bind("waiting_since", talk.waitingSince).bind("newest_message", talk.newestInbound);
        insert.bind("followers", followersOf(talk)).run();
    }
    if (m_words.chance(0.6)) {
        Statement tag = m_database.statement("bulk_insert_conversation_tag");
        tag.bind("seq", next()).bind("channel", talk.channel).bind("conversation", talk.id);
        tag.bind("tag", 1 + m_words.below(tags)).run();
    }
    writeJournal(talk, "claim", talk.startedAt, QString::number(talk.agent));
    writeJournal(talk, "addTag", talk.startedAt, QStringLiteral("tag"));
    writeJournal(talk, "setStatus", talk.lastAt, word(status));
    rowWritten();
}

void Generator::indexMessages()
{
    constexpr qint64 piece = 250'000;
    executeFile(QStringLiteral("index_begin.sql"));
    for (qint64 from = firstMessage; from <= firstMessage + m_written && !m_database.failure(); from += piece) {
        m_database.execute(QStringLiteral("BEGIN"));
        {
            Statement index = m_database.statement("index_messages");
            index.bind("from", from).bind("until", from + piece).run();
        }
        m_database.execute(QStringLiteral("COMMIT"));
        tell(0.3 + 0.55 * std::min(1.0, double(from + piece - firstMessage) / double(m_written)));
    }
    executeFile(QStringLiteral("index_end.sql"));
    tell(0.9);
}

void Generator::finish()
{
    m_database.execute(QStringLiteral("BEGIN"));
    const auto keep = [this](const char *name, qint64 value) {
        Statement meta = m_database.statement("upsert_meta");
        meta.bind("name", QString::fromLatin1(name)).bind("value", QString::number(value)).run();
    };
    keep("next_number", m_conversations + 1);
    keep("message_high", firstMessage + m_written);
    {
        Statement log = m_database.statement("insert_commit_log");
        log.bind("first", 2).bind("last", m_seq).bind("at", m_end).run();
    }
    m_database.execute(QStringLiteral("COMMIT"));
}

Done load(const QString &path, qint64 conversations, qint64 messages, quint32 seed, Time end,
          const std::function<void(double)> &progress)
{
    auto opened = Database::open(path, Database::Mode::readWrite);
    if (!opened)
        return tl::unexpected(opened.error());
    Database &database = **opened;
    // A file that is not whole yet is worth nothing: nothing of it is synced until the end.
    database.execute(QStringLiteral("PRAGMA journal_mode = MEMORY"));
    database.execute(QStringLiteral("PRAGMA synchronous = OFF"));
    database.execute(QStringLiteral("PRAGMA foreign_keys = OFF"));
    database.execute(QStringLiteral("PRAGMA cache_size = -800000"));
    database.execute(QStringLiteral("PRAGMA temp_store = MEMORY"));
    database.execute(QStringLiteral("PRAGMA threads = 2"));
    Generator(database, conversations, messages, seed, end, progress).run();
    database.execute(QStringLiteral("PRAGMA synchronous = FULL"));
    database.execute(QStringLiteral("PRAGMA journal_mode = WAL"));
    return database.done();
}

} // namespace

Done generateWorkspace(const QString &path, qint64 conversations, qint64 messages, quint32 seed, const Clock &clock,
                       const std::function<void(double)> &progress)
{
    if (conversations < 1 || messages < conversations)
        return fail(ErrorKind::invalid, QStringLiteral("a conversation has a message at least"));
    if (Done made = Workspace::create(path, QStringLiteral("Agent 1"), clock); !made)
        return made;
    if (Done done = load(path, conversations, messages, seed, clock.now(), progress); !done) {
        QFile::remove(path);
        return done;
    }
    // Opened once as its owner, so that this machine knows the file's highest change number.
    return Workspace::open(path, Workspace::Access::owner, clock).map([](const auto &) {});
}

} // namespace Earshot
