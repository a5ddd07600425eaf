// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/search/searchmodel.h"

#include "ui/shell/commandregistry.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QRegularExpression>

namespace Earshot {

namespace {

constexpr int hitsPerPage = 50;
constexpr int mostCommands = 8;
constexpr int allCommands = 1000;

} // namespace

SearchModel::SearchModel(Desk &desk, const CommandRegistry &commands, QObject *parent)
    : QAbstractListModel(parent)
    , m_desk(desk)
    , m_commands(commands)
{
    // Keys that came together are one text; none is waited for, as a newer one ends the search under way.
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &SearchModel::start);
    connect(&m_desk, &Desk::changed, this, &SearchModel::onChanged);
}

SearchModel::~SearchModel()
{
    cancel();
}

void SearchModel::setText(const QString &text, bool isTyping)
{
    if (text == m_text && isTyping == m_isTyping)
        return;
    m_text = text;
    m_isTyping = isTyping;
    if (isTyping)
        m_soon.start();
    else
        start();
}

QStringList SearchModel::words() const
{
    QStringList all = m_query.words;
    for (const QStringList &phrase : m_query.phrases)
        all.append(phrase.join(QLatin1Char(' ')));
    return all;
}

const ConversationRecord *SearchModel::record(ConversationId id) const
{
    const auto it = m_records.constFind(id);
    return it == m_records.constEnd() ? nullptr : &*it;
}

bool SearchModel::namesCommands() const
{
    return m_text.startsWith(QLatin1Char('>')) && !m_text.mid(1).trimmed().isEmpty();
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_commandIds.size() + m_hits.size());
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (index.row() < m_commandIds.size()) {
        const QString id = m_commandIds.at(index.row());
        switch (role) {
        case Qt::DisplayRole:
            return m_commands.plainText(id);
        case Qt::AccessibleTextRole: {
            QStringList said{tr("Command %1").arg(m_commands.plainText(id)), m_commands.keyText(id),
                             m_commands.whyNotBesideName(id)};
            said.removeAll(QString());
            return said.join(QStringLiteral(", "));
        }
        case Qt::ToolTipRole:
            return m_commands.whyNot(id);
        case int(Role::command):
            return id;
        default:
            return {};
        }
    }
    const SearchHit &hit = m_hits.at(index.row() - m_commandIds.size());
    const ConversationRecord *known = record(hit.conversation);
    switch (role) {
    case Qt::DisplayRole:
        return plain(hit.excerpt);
    case Qt::AccessibleTextRole:
        return QStringList{known ? known->contactName : QString(), known ? Wording::of(known->status) : QString(),
                           known && known->assignee.isValid() ? tr("assigned to %1").arg(known->assigneeName)
                                                              : QString(),
                           Wording::clockTime(hit.at), plain(hit.excerpt)}
            .filter(QRegularExpression(QStringLiteral(".")))
            .join(QStringLiteral(", "));
    case int(Role::command):
        return QString();
    case int(Role::conversation):
        return hit.conversation.value;
    case int(Role::message):
        return hit.message.value;
    case int(Role::excerpt):
        return hit.excerpt;
    case int(Role::at):
        return toMs(hit.at);
    default:
        return {};
    }
}

bool SearchModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::ready && m_hasMore;
}

void SearchModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        search(m_goOnBefore);
}

QString SearchModel::plain(QString excerpt)
{
    return excerpt.remove(QChar(0xE001)).remove(QChar(0xE002));
}

void SearchModel::start()
{
    m_soon.stop();
    cancel();
    showCommands();
    if (m_text.startsWith(QLatin1Char('>'))) {
        m_query = {};
        setState(State::ready);
        return;
    }
    // The days that are shown beside what is found.
    m_query = parseSearch(m_text, m_isTyping, QTimeZone::systemTimeZone());
    if (m_text.trimmed().isEmpty() || m_query.isEmpty()) {
        beginResetModel();
        m_commandIds.clear();
        m_hits.clear();
        m_hasMore = false;
        endResetModel();
        setState(State::idle);
        return;
    }
    search(MessageId());
}

/// At once: they need not be looked for. The hits before stay until there are others.
void SearchModel::showCommands()
{
    const bool isOnlyThem = m_text.startsWith(QLatin1Char('>'));
    const QString name = m_text.mid(isOnlyThem ? 1 : 0).trimmed();
    const QStringList ids = isOnlyThem && name.isEmpty()
                                ? m_commands.ids()
                                : m_commands.matching(name, isOnlyThem ? allCommands : mostCommands);
    if (ids == m_commandIds && !isOnlyThem)
        return;
    beginResetModel();
    m_commandIds = ids;
    if (isOnlyThem) {
        m_hits.clear();
        m_hasMore = false;
    }
    endResetModel();
}

QSet<ConversationId> SearchModel::conversations() const
{
    QSet<ConversationId> ids;
    for (const SearchHit &hit : m_hits)
        ids.insert(hit.conversation);
    return ids;
}

/// Whose they are and what became of them, as it is now.
void SearchModel::onChanged(const CommitNotice &notice)
{
    if (notice.hasWithdrawn && m_state != State::idle) {
        forget();
        start();
        return;
    }
    QList<ConversationId> ids;
    for (const ConversationId id : notice.conversations) {
        if (m_records.contains(id))
            ids.append(id);
    }
    if (ids.isEmpty())
        return;
    auto future = m_desk.workspace().read<QList<ConversationRecord>>(
        [ids, me = m_desk.me(), now = m_desk.workspace().clock().now()](Database &database) {
            return loadConversations(database, ids, me, now);
        });
    whenDone(future, this, [this](const Result<QList<ConversationRecord>> &records) {
        QSet<ConversationId> changed;
        for (const ConversationRecord &record : records.value_or(QList<ConversationRecord>())) {
            const auto known = m_records.find(record.id);
            if (known == m_records.end() || *known == record)
                continue;
            *known = record;
            changed.insert(record.id);
        }
        for (qsizetype hit = 0; hit < m_hits.size(); ++hit) {
            const QModelIndex row = index(int(m_commandIds.size() + hit));
            if (changed.contains(m_hits.at(hit).conversation))
                Q_EMIT dataChanged(row, row);
        }
    });
}

void SearchModel::search(MessageId before)
{
    const auto isCancelled = std::make_shared<std::atomic_bool>(false);
    m_isCancelled = isCancelled;
    setState(State::searching);
    const Time now = m_desk.workspace().clock().now();
    auto future = m_desk.workspace().read<Found>(
        [query = m_query, me = m_desk.me(), before, now, isCancelled](Database &database) -> Result<Found> {
            database.setCancel([isCancelled] { return isCancelled->load(std::memory_order_relaxed); });
            auto page = searchMessages(database, query, me, before, hitsPerPage, now);
            database.setCancel({});
            if (!page)
                return tl::unexpected(page.error());
            QList<ConversationId> ids;
            for (const SearchHit &hit : std::as_const(page->hits)) {
                if (!ids.contains(hit.conversation))
                    ids.append(hit.conversation);
            }
            auto records = loadConversations(database, ids, me, now);
            if (!records)
                return tl::unexpected(records.error());
            return Found{*page, *records};
        });
    whenDone(future, this, [this, isCancelled, before](const Result<Found> &found) {
        if (isCancelled->load())
            return;
        if (found) {
            take(*found, !before.isValid());
            return;
        }
        fail(found.error(), before);
    });
}

void SearchModel::retry()
{
    if (m_state == State::failed && m_failedBefore.isValid())
        search(m_failedBefore);
    else
        start();
}

void SearchModel::fail(const Error &error, MessageId before)
{
    m_error = error;
    m_failedBefore = before;
    // Those before answered other words.
    if (!before.isValid())
        forget();
    setState(State::failed);
}

void SearchModel::forget()
{
    m_hasMore = false;
    if (m_hits.isEmpty())
        return;
    beginResetModel();
    m_hits.clear();
    m_records.clear();
    endResetModel();
}

void SearchModel::take(const Found &found, bool isFirst)
{
    if (isFirst) {
        beginResetModel();
        m_records.clear();
        m_hits.clear();
    } else if (!found.page.hits.isEmpty()) {
        beginInsertRows({}, rowCount(), rowCount() + int(found.page.hits.size()) - 1);
    }
    for (const ConversationRecord &record : found.records)
        m_records.insert(record.id, record);
    m_hits.append(found.page.hits);
    m_hasMore = found.page.hasMore || found.page.isSearchingOlder;
    m_goOnBefore = found.page.goOnBefore;
    if (isFirst)
        endResetModel();
    else if (!found.page.hits.isEmpty())
        endInsertRows();
    // Less than a page, but older ones were not looked at: go on by itself, so that an empty answer is a true one.
    m_foundOfPage = isFirst || m_foundOfPage >= hitsPerPage ? 0 : m_foundOfPage;
    m_foundOfPage += int(found.page.hits.size());
    if (found.page.isSearchingOlder && m_foundOfPage < hitsPerPage)
        search(m_goOnBefore);
    else
        setState(State::ready);
}

void SearchModel::cancel()
{
    if (m_isCancelled)
        m_isCancelled->store(true);
    m_isCancelled.reset();
}

void SearchModel::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace Earshot
