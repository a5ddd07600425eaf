// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/addressindex.h"
#include "workspace/backup.h"
#include "workspace/erasemark.h"
#include "workspace/filelock.h"
#include "workspace/upkeep.h"

#include <QBitArray>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <QTemporaryDir>

#include <limits>

namespace Earshot {

namespace {

constexpr int problemLimit = 100;
constexpr int rowsAStep = 20'000;
constexpr Seq numbersAStep = 1'000'000;

void addTo(VerifyReport &report, const KnownSentence &problem)
{
    report.problems.append(problem.inEnglish());
    report.found.append(problem);
}

/// Checks one file that nobody writes to meanwhile. Lives for one verification.
class Verifier
{
public:
    Verifier(Database &database, QString mediaFolder, std::function<void(double)> progress)
        : m_database(database)
        , m_mediaFolder(std::move(mediaFolder))
        , m_progress(std::move(progress))
    {
    }
    [[nodiscard]] Result<VerifyReport> run();

private:
    void checkIntegrity();
    void checkForeignKeys();
    void checkCrossings();
    void checkNumbers();
    void checkTallies();
    void checkMessageCounts();
    void checkAddresses();
    void checkMedia();
    void checkIndexes();
    /// @param check fails where the index is not of its content @param words what that means
    void checkIndex(const char *check, const char *words);

    void checkNumberRange(Seq after);
    /// @param query counts what is kept wrongly @param words %1 = how much
    void checkKept(const char *query, const char *words);
    void checkFile(const QString &hash);
    [[nodiscard]] QString uriOf(qint64 message);
    [[nodiscard]] bool isFull() const { return m_report.problems.size() >= problemLimit; }
    void add(const char *words, const QStringList &parts = {})
    {
        if (!isFull())
            addTo(m_report, {words, parts});
    }

    Database &m_database;
    QString m_mediaFolder;
    std::function<void(double)> m_progress;
    VerifyReport m_report;
    QSet<QString> m_checkedHashes;
};

Result<VerifyReport> Verifier::run()
{
    struct Check
    {
        void (Verifier::*run)();
        double share;
    };
    // The shares are about what each took on a workspace of five million messages.
    const Check checks[] = {
        {&Verifier::checkIntegrity, 0.35}, {&Verifier::checkForeignKeys, 0.15}, {&Verifier::checkCrossings, 0.00},
        {&Verifier::checkNumbers, 0.05},   {&Verifier::checkTallies, 0.02},     {&Verifier::checkMessageCounts, 0.08},
        {&Verifier::checkAddresses, 0.05}, {&Verifier::checkMedia, 0.05},       {&Verifier::checkIndexes, 0.25}};
    double share = 0;
    for (const Check &check : checks) {
        (this->*check.run)();
        if (const auto failure = m_database.takeFailure()) {
            if (failure->kind != ErrorKind::damaged)
                return tl::unexpected(*failure);
            add(QT_TRANSLATE_NOOP("Earshot::KnownSentence", "The file is damaged (%1): restore a backup."),
                {failure->detail});
        }
        share += check.share;
        if (m_progress)
            m_progress(std::min(share, 1.0));
    }
    return m_report;
}

void Verifier::checkIntegrity()
{
    Statement rows = m_database.statement("check_integrity");
    while (rows.next()) {
        if (const QString text = rows.text(0); text != QLatin1StringView("ok"))
            add(QT_TRANSLATE_NOOP("Earshot::KnownSentence", "SQLite: %1: restore a backup."), {text.simplified()});
    }
}

void Verifier::checkForeignKeys()
{
    Statement rows = m_database.statement("check_foreign_keys");
    while (rows.next())
        add(QT_TRANSLATE_NOOP("Earshot::KnownSentence",
                              "Row %1 of %2 names a row of %3 that does not exist: restore a backup."),
            {rows.text(1), rows.text(0), rows.text(2)});
}

/// Whoever may see a row may see what it names.
void Verifier::checkCrossings()
{
    Statement rows = m_database.statement("list_crossing_duplicates");
    while (rows.next())
        add(QT_TRANSLATE_NOOP(
                "Earshot::KnownSentence",
                "Conversation %1 is said to be a duplicate of one that fewer people may see: give it another reason."),
            {rows.text(0)});
    Statement contacts = m_database.statement("list_crossing_contacts");
    while (contacts.next())
        add(QT_TRANSLATE_NOOP("Earshot::KnownSentence",
                              "Contact %1 is merged into one that fewer people may see: part them."),
            {contacts.text(0)});
}

void Verifier::checkNumbers()
{
    {
        Statement last = m_database.statement("select_last_seq");
        if (last.next())
            m_report.lastSeq = last.integer(0);
    }
    {
        Statement highest = m_database.statement("check_highest_seq");
        if (highest.next() && highest.integer(0) > m_report.lastSeq)
            add(QT_TRANSLATE_NOOP(
                    "Earshot::KnownSentence",
                    "Change number %1 is in use but was never handed out (the last one is %2): restore a backup."),
                {highest.text(0), QString::number(m_report.lastSeq)});
    }
    {
        Statement gap = m_database.statement("check_commit_log");
        if (gap.next())
            add(QT_TRANSLATE_NOOP("Earshot::KnownSentence",
                                  "The commits recorded end at change number %1 and go on at %2: restore a backup."),
                {gap.text(0), gap.text(1)});
    }
    // What a replica shows ahead of its server has no numbers of its own yet.
    if (m_database.statement("select_is_ahead").next())
        return;
    for (Seq after = 0; after < m_report.lastSeq && !m_database.failure() && !isFull(); after += numbersAStep)
        checkNumberRange(after);
}

void Verifier::checkNumberRange(Seq after)
{
    QBitArray isUsed(numbersAStep + 1);
    Statement rows = m_database.statement("check_seqs");
    rows.bind("from", after).bind("to", after + numbersAStep);
    while (rows.next()) {
        const Seq seq = rows.integer(0);
        if (isUsed.testBit(seq - after))
            add(QT_TRANSLATE_NOOP("Earshot::KnownSentence", "Change number %1 is used twice: restore a backup."),
                {QString::number(seq)});
        isUsed.setBit(seq - after);
    }
}

void Verifier::checkKept(const char *query, const char *words)
{
    Statement wrong = m_database.statement(query);
    if (wrong.next() && wrong.integer(0) > 0)
        add(words, {wrong.text(0)});
}

void Verifier::checkTallies()
{
    checkKept(
        "check_tally",
        QT_TRANSLATE_NOOP("Earshot::KnownSentence",
                          "%1 of the kept counts of conversations are wrong: lists are right, their numbers are not."));
    checkKept("check_tag_tally",
              QT_TRANSLATE_NOOP("Earshot::KnownSentence",
                                "%1 of the kept counts of tags are wrong: lists are right, their numbers are not."));
    checkKept("check_view_counts",
              QT_TRANSLATE_NOOP("Earshot::KnownSentence",
                                "%1 of the kept counts of views are wrong: lists are right, their numbers are not."));
}

void Verifier::checkMessageCounts()
{
    qint64 after = 0;
    for (bool hasRows = true; hasRows && !m_database.failure();) {
        Statement rows = m_database.statement("check_message_counts");
        rows.bind("after", after).bind("limit", rowsAStep);
        hasRows = false;
        while (rows.next()) {
            hasRows = true;
            ++m_report.conversations;
            qint64 number = 0;
            qint64 kept = 0;
            qint64 real = 0;
            rows >> after >> number >> kept >> real;
            if (kept != real)
                add(QT_TRANSLATE_NOOP("Earshot::KnownSentence",
                                      "Conversation #%1 holds %2 messages but says %3: restore a backup."),
                    {QString::number(number), QString::number(real), QString::number(kept)});
        }
    }
    Statement messages = m_database.statement("count_messages");
    if (messages.next())
        m_report.messages = messages.integer(0);
}

QString Verifier::uriOf(qint64 message)
{
    Statement row = m_database.statement("select_message_uri");
    return row.bind("id", message).next() ? row.text(0) : QString();
}

void Verifier::checkAddresses()
{
    if (!hasAddressIndex(m_database)) {
        // A replica's is still to come: what the server has was checked there.
        Statement server = m_database.statement("select_meta");
        if (!server.bind("name", QStringLiteral("replica_server")).next() && !m_database.failure())
            add(QT_TRANSLATE_NOOP("Earshot::KnownSentence", "The index of addresses is missing: restore a backup."));
        return;
    }
    qint64 channel = std::numeric_limits<qint64>::min();
    qint64 key = 0;
    QList<qint64> alike;
    qint64 id = 0;
    for (bool hasRows = true; hasRows && !m_database.failure();) {
        Statement rows = m_database.statement("check_addresses");
        rows.bind("channel", channel).bind("key", key).bind("id", id).bind("limit", rowsAStep);
        hasRows = false;
        while (rows.next()) {
            hasRows = true;
            if (rows.integer(0) != channel || rows.integer(1) != key)
                alike.clear();
            rows >> channel >> key >> id;
            if (!alike.isEmpty()) {
                const QString uri = uriOf(id);
                for (const qint64 other : std::as_const(alike)) {
                    if (uriOf(other) == uri)
                        add(QT_TRANSLATE_NOOP("Earshot::KnownSentence",
                                              "Messages %1 and %2 are the same one (%3): restore a backup."),
                            {QString::number(other), QString::number(id), uri});
                }
            }
            alike.append(id);
        }
    }
}

void Verifier::checkFile(const QString &hash)
{
    QFile file(m_mediaFolder + u'/' + hash);
    if (!file.open(QIODevice::ReadOnly)) {
        add(QT_TRANSLATE_NOOP("Earshot::KnownSentence", "The media file %1 is missing: copy it from a backup."),
            {hash});
        return;
    }
    QCryptographicHash content(QCryptographicHash::Blake2b_256);
    if (!content.addData(&file) || QString::fromLatin1(content.result().toHex()) != hash)
        add(QT_TRANSLATE_NOOP("Earshot::KnownSentence", "The media file %1 is not what it was: copy it from a backup."),
            {hash});
}

void Verifier::checkMedia()
{
    qint64 after = 0;
    for (bool hasRows = true; hasRows && !m_database.failure();) {
        Statement rows = m_database.statement("check_media");
        rows.bind("after", after).bind("limit", rowsAStep);
        hasRows = false;
        while (rows.next()) {
            hasRows = true;
            QString hash;
            rows >> after >> hash;
            if (!m_checkedHashes.contains(hash))
                checkFile(hash);
            m_checkedHashes.insert(hash);
        }
    }
}

void Verifier::checkIndexes()
{
    checkIndex("check_index",
               QT_TRANSLATE_NOOP("Earshot::KnownSentence",
                                 "The full-text index does not agree with the messages: search may miss some."));
    checkIndex("check_identity_index",
               QT_TRANSLATE_NOOP("Earshot::KnownSentence",
                                 "The index of names does not agree with the contacts: search may miss some."));
}

void Verifier::checkIndex(const char *check, const char *words)
{
    // The command is an INSERT, although it changes nothing: it runs in a transaction that is taken back.
    m_database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    {
        Statement compare = m_database.statement(check);
        compare.run();
    }
    const auto failure = m_database.takeFailure();
    m_database.execute(QStringLiteral("ROLLBACK"));
    if (!failure)
        return;
    if (failure->kind == ErrorKind::damaged)
        add(words);
    else
        m_database.setFailure(*failure);
}

Result<VerifyReport> verifyFile(const QString &path, const QString &mediaFolder,
                                const std::function<void(double)> &progress, const std::function<bool()> &isCancelled)
{
    Result<std::unique_ptr<Database>> database = Database::open(path, Database::Mode::readWrite);
    if (!database)
        return tl::unexpected(database.error());
    (*database)->execute(QStringLiteral("PRAGMA cache_size = -64000"));
    (*database)->execute(QStringLiteral("PRAGMA temp_store = MEMORY"));
    if (const auto failure = (*database)->takeFailure()) {
        if (failure->kind != ErrorKind::damaged)
            return tl::unexpected(*failure);
        VerifyReport report;
        addTo(report,
              {QT_TRANSLATE_NOOP("Earshot::KnownSentence", "This file is not a sound database: restore a backup.")});
        return report;
    }
    (*database)->setCancel(isCancelled);
    return Verifier(**database, mediaFolder, progress).run();
}

/// While somebody owns the file, or where it cannot be written, a copy is looked at: the check of the index needs to
/// be the only writer.
Result<VerifyReport> verifyCopy(const QString &path, const QString &mediaFolder,
                                const std::function<void(double)> &progress, const std::function<bool()> &isCancelled)
{
    const QFileInfo folder(QFileInfo(path).absolutePath());
    const QTemporaryDir place((folder.isWritable() ? folder.filePath() : QDir::tempPath()) +
                              QStringLiteral("/earshot-verify-XXXXXX"));
    const QString copy = place.filePath(QStringLiteral("copy.earshot"));
    if (Done done = copyDatabase(path, copy, {}, isCancelled); !done)
        return tl::unexpected(done.error());
    return verifyFile(copy, mediaFolder, progress, isCancelled);
}

} // namespace

Result<VerifyReport> verifyWorkspace(const QString &path, const std::function<void(double)> &progress,
                                     const std::function<bool()> &isCancelled)
{
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::notFound, path);
    if (Done may = mayBeRead(path); !may)
        return tl::unexpected(may.error());
    const QString mediaFolder = path + QStringLiteral(".media");
    const Result<std::unique_ptr<FileLock>> lock = FileLock::take(path + QStringLiteral(".lock"));
    if (lock)
        return verifyFile(path, mediaFolder, progress, isCancelled);
    if (lock.error().kind != ErrorKind::locked && lock.error().kind != ErrorKind::readOnly)
        return tl::unexpected(lock.error());
    return verifyCopy(path, mediaFolder, progress, isCancelled);
}

} // namespace Earshot
