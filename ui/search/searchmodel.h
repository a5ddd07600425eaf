// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/queries.h"

#include <QAbstractListModel>
#include <QTimer>

#include <atomic>
#include <memory>

namespace Earshot {

class CommandRegistry;

/// What the search field finds as one types: first the commands of that name, then messages, newest first, in pages.
/// After ">" commands alone, all of them.
/// A newer text cancels the search under way; the old hits stay until the new ones are there or could not be
/// looked for. Lives on the GUI thread.
class SearchModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Role {
        command = Qt::UserRole + 1, ///< QString: id of a command, empty for a message
        conversation,               ///< qint64
        message,                    ///< qint64
        excerpt,                    ///< QString, matches between U+E001 and U+E002
        at,                         ///< qint64, UTC milliseconds
    };
    enum class State { idle, searching, ready, failed };

    SearchModel(Desk &desk, const CommandRegistry &commands, QObject *parent = nullptr);
    ~SearchModel() override;

    /// @param isTyping the last word may go on
    void setText(const QString &text, bool isTyping);
    /// After State::failed: once more, from where it failed.
    void retry();
    /// What is looked for, as it was understood.
    [[nodiscard]] const SearchQuery &query() const { return m_query; }
    /// The conversations of what was found so far.
    [[nodiscard]] QSet<ConversationId> conversations() const;
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] State state() const { return m_state; }
    /// What is listed answers the present text.
    [[nodiscard]] bool isUpToDate() const { return m_state == State::ready && !m_soon.isActive(); }
    [[nodiscard]] const Error &error() const { return m_error; }
    /// What was typed and could not be understood; empty when all was.
    [[nodiscard]] QString problem() const { return m_query.problem; }
    /// Whose value that is.
    [[nodiscard]] QString problemOperator() const { return m_query.problemOperator(); }
    /// The words and phrases that are searched for, without filters.
    [[nodiscard]] QStringList words() const;
    [[nodiscard]] int hitCount() const { return int(m_hits.size()); }
    [[nodiscard]] bool hasMore() const { return m_hasMore; }
    /// Only commands are meant (">"), and some by name.
    [[nodiscard]] bool namesCommands() const;
    /// Null until its page was read.
    [[nodiscard]] const ConversationRecord *record(ConversationId id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    /// The excerpt without its marks.
    [[nodiscard]] static QString plain(QString excerpt);

Q_SIGNALS:
    void stateChanged();

private:
    struct Found
    {
        SearchPage page;
        QList<ConversationRecord> records;
    };
    void start();
    void showCommands();
    void onChanged(const CommitNotice &notice);
    void search(MessageId before);
    void take(const Found &found, bool isFirst);
    /// What was found so far.
    void forget();
    void fail(const Error &error, MessageId before);
    void cancel();
    void setState(State state);

    Desk &m_desk;
    const CommandRegistry &m_commands;
    QTimer m_soon;
    QString m_text;
    bool m_isTyping = false;
    SearchQuery m_query;
    QStringList m_commandIds;
    QList<SearchHit> m_hits;
    QHash<ConversationId, ConversationRecord> m_records;
    MessageId m_goOnBefore;
    MessageId m_failedBefore; ///< invalid: its first page failed
    int m_foundOfPage = 0;    ///< by the pieces of the present page
    std::shared_ptr<std::atomic_bool> m_isCancelled;
    State m_state = State::idle;
    Error m_error;
    bool m_hasMore = false;
};

} // namespace Earshot
