// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "ui/shell/aheadsigns.h"
#include "workspace/queries.h"

#include <QAbstractListModel>
#include <QCache>
#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

#include <functional>
#include <optional>

namespace Earshot {

class PresenceSigns;

/// The conversations of one view. Holds ids; of the rows only a cache. Pages come by keyset from reader threads; a row
/// that is not there yet is a placeholder and asked for in the background. What a commit changed arrives as removals
/// and insertions, where they are scattered as one change of the layout, never as a reset; only another view resets it.
/// While frozen (somebody works in the list) nothing moves: arrivals are counted, and what left the view stays, greyed,
/// until settle(). Lives on the GUI thread.
class ConversationListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Role {
        conversation = Qt::UserRole + 1, ///< qint64: the id
        isLoaded,                        ///< bool: false = placeholder
        isMarked,                        ///< bool
        hasLeft,                         ///< bool: no longer in this view
        leftReason,                      ///< QString, translated: "Ana took this"
    };
    enum class State { loading, ready, failed };

    /// The form in which a desk's conversations are dragged: their ids, as idsToText() has them. Each desk's is
    /// another, in each process: the same numbers are other conversations elsewhere.
    [[nodiscard]] static QString dragType(const Desk &desk);

    explicit ConversationListModel(Desk &desk, QObject *parent = nullptr);

    /// Shows another view; the old rows stay until the first page is there. `query.after`, `limit` and `now` are ours.
    void show(const ListQuery &query);
    [[nodiscard]] const ListQuery &query() const { return m_query; }
    /// Reads what is shown again, as after a commit.
    void refresh();
    /// After pagingFailed(): once more.
    void retryPaging();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
    /// A marked row takes all that are marked along.
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    [[nodiscard]] ConversationId conversationAt(int row) const;
    /// -1 when it is not among the rows read so far.
    [[nodiscard]] int rowOf(ConversationId id) const;
    /// The row's record; null while it is a placeholder (it is then asked for).
    [[nodiscard]] const ConversationRecord *record(ConversationId id) const;
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error &error() const { return m_error; }

    /// Who else is in the rows' conversations; outlives the model. None = nobody is shown.
    void setPresence(const PresenceSigns &signs);
    [[nodiscard]] const PresenceSigns *presence() const { return m_presence; }
    /// Whether its row shows what the server has not answered yet.
    [[nodiscard]] bool isAhead(ConversationId id) const { return m_ahead->isAhead(id); }

    /// As people know them: said where a list is of one contact.
    void setChannelNames(const QHash<ChannelId, QString> &names);

    // What a row shows, and says to who cannot see it.

    /// Whose it is; where all are one contact's, its number and on which channel.
    [[nodiscard]] QString headText(const ConversationRecord &record) const;
    /// How old its newest message is, or the note that it is listed for; in the order of those that wait longest, for
    /// how long it waits.
    [[nodiscard]] QString timeText(const ConversationRecord &record, Time now) const;
    /// What stands at the end of its first line: the time, or about how many follow the contact where that is the
    /// order.
    [[nodiscard]] QString edgeText(const ConversationRecord &record, Time now) const;
    /// The beginning of its newest message, or of the note that it is listed for.
    [[nodiscard]] QString lineText(const ConversationRecord &record) const;
    /// Holds what the person has not seen: a message, or the note that it is listed for.
    [[nodiscard]] bool isUnseen(const ConversationRecord &record) const;
    /// Where the list is grouped: whether the row is of another thread than the one above.
    [[nodiscard]] bool beginsThread(int row) const;
    /// Where it is not open: until when it is snoozed, why it was resolved. Of one contact's also that it is open.
    [[nodiscard]] QString stateText(const ConversationRecord &record) const;
    /// Said where the person has begun to write.
    [[nodiscard]] static QString draftText() { return tr("Draft"); }

    /// "row 412 of 1,000,000", for who cannot see it. @param total how many there are, where that is known
    [[nodiscard]] QString placeText(int row, std::optional<qint64> total) const;

    void setFrozen(bool isFrozen);
    [[nodiscard]] bool isFrozen() const { return m_isFrozen; }
    /// How many conversations would be inserted above if it were not frozen.
    [[nodiscard]] int waitingCount() const { return int(m_waiting.size()); }
    /// How many of these are rows already, and would move up.
    [[nodiscard]] int movedCount() const;
    /// Lets what waits come in and what left go, except `kept`.
    void catchUp(ConversationId kept = {});
    /// Removes the greyed rows, except `kept`.
    void settle(ConversationId kept);

    /// Marks are a set of their own: they outlive that their rows are not among those read.
    [[nodiscard]] bool isMarked(ConversationId id) const { return m_marked.contains(id); }
    [[nodiscard]] int markedCount() const { return int(m_marked.size()); }
    /// More were to be marked than are marked at once: the rest of them is not.
    [[nodiscard]] bool isRestUnmarked() const { return m_isRestUnmarked && !m_marked.isEmpty(); }
    /// As they were when they were marked or last read: what a bulk deed is based on.
    /// @param most at most so many, any of them
    [[nodiscard]] QList<ConversationRecord> marked(int most = mostMarked) const;
    void setMarked(ConversationId id, bool isMarked);
    /// Also one that is not among the rows.
    void setMarked(const ConversationRecord &record, bool isMarked);
    /// All rows from one to another, both included; no more than `mostMarked` are marked in the end.
    void markRange(int from, int to);
    /// Marks all that are in this view, also what is further down, but not what waits to be shown: nobody has seen
    /// that. At most `mostMarked`. Read in the background: markedChanged() comes when it is done.
    void markAll();
    void unmark(const QList<ConversationId> &ids);
    /// What is still in this view of what was marked before, as it is now; unless something else was marked meanwhile.
    void markAgain(const QSet<ConversationId> &ids);
    void unmarkAll();
    static constexpr int mostMarked = 20'000;
    /// From now on markRange() and markAll() leave it at so many.
    void setMostMarked(int most) { m_mostMarked = most; }
    static constexpr int pageSize = 200;

Q_SIGNALS:
    void stateChanged();
    void waitingCountChanged(int count);
    void markedChanged();
    /// What comes further down could not be read; the rows that are there stay.
    void pagingFailed(const Earshot::Error &error);
    /// What was to be marked could not be read; the marks are as they were.
    void markingFailed(const Earshot::Error &error);
    /// Rows were inserted or removed by a commit (not by a reset), singly or by a change of the layout.
    void rearranged();

private:
    /// Milliseconds between two readings of what has changed.
    static constexpr int frame = 16;

    /// What rows show.
    struct Rows
    {
        QList<ConversationRecord> records;
        QList<NoteToMe> notes; ///< where the list is of them: for each row, or one without a message
    };
    struct Page
    {
        QList<ListEntry> entries;
        Rows read;
        QSet<ConversationId> gone; ///< of what is listed further down than is followed: no longer in this view
        QHash<ConversationId, Time> places;
        QList<ListEntry> rows;           ///< of a list that is read whole: what was listed when it was asked for
        QList<ConversationId> elsewhere; ///< of these: what has another place, or none
    };
    [[nodiscard]] ListQuery pageQuery(int limit, std::optional<ListPlace> after) const;
    void load(std::optional<ListPlace> after);
    void takePage(const Page &page, bool isFirst);
    void loadMissing();
    void onChanged(const CommitNotice &notice);
    void reconcile();
    void removeWithdrawn();
    /// What a person did is shown at once; many commits in a row are read together.
    void reconcileSoon();
    /// What belongs among the rows read so far and is none of them; what is further down comes with its page.
    [[nodiscard]] QSet<ConversationId> unlisted(const QList<ListEntry> &now) const;
    void compare(const Page &page, const QSet<ConversationId> &changed, int limit);
    [[nodiscard]] static Result<Rows> loadRows(Database &database, const QList<ConversationId> &ids,
                                               const ListQuery &query);
    void takeRows(const Rows &read);
    /// The row is drawn anew, and what is drawn by it.
    void tellChanged(int row);
    using Marks = QHash<ConversationId, ConversationRecord>;
    /// @param only of these; none = all
    void readMarks(const std::optional<QSet<ConversationId>> &only);
    void takeMarks(const Marks &marks, bool isRestUnmarked);
    /// Where it is marked, its mark is as it is now.
    void followMark(const ConversationRecord &record);
    /// Rows beside each other that go or come.
    struct Run
    {
        int row = 0; ///< the first one; where they come: before any did
        int count = 0;
        qsizetype from = 0; ///< where they come from
    };
    void removeRowsWhere(const std::function<bool(const ListEntry &)> &isGone);
    void fillUp();
    void insertMissing(const QList<ListEntry> &now);
    void layOut(const QList<ListEntry> &entries);
    void setState(State state);
    void setWaiting(const QSet<ConversationId> &waiting);
    [[nodiscard]] QString reasonOfLeaving(ConversationId id) const;
    [[nodiscard]] QString reasonOfStatus(const ConversationRecord &now) const;
    [[nodiscard]] QString sentence(const ConversationRecord &record) const;
    [[nodiscard]] QString toolTip(ConversationId id) const;
    /// How many follow the contact, where that is the order and known.
    [[nodiscard]] QString followersText(const ConversationRecord &record) const;

    Desk &m_desk;
    const PresenceSigns *m_presence = nullptr;
    AheadSigns *m_ahead;
    ListQuery m_query;
    quint64 m_generation = 0;
    QList<ListEntry> m_entries;
    mutable QHash<ConversationId, int> m_rows; ///< to be asked by rowOf() only
    mutable bool m_areRowsStale = false;
    mutable QCache<ConversationId, ConversationRecord> m_records;
    QHash<ConversationId, NoteToMe> m_notes; ///< where the list is of them
    QHash<ChannelId, QString> m_channelNames;
    mutable QSet<ConversationId> m_missing;
    mutable QTimer m_missingSoon;
    QTimer m_reconcileSoon;
    QTimer m_byClock; ///< runs while the list changes by the clock alone
    QElapsedTimer m_sinceReconciled;
    QSet<ConversationId> m_changed;
    QSet<ConversationId> m_waiting;
    QHash<ConversationId, QString> m_left;
    Marks m_marked;
    int m_mostMarked = mostMarked;
    QHash<ConversationId, ConversationRecord> m_before; ///< as they were, while what changed is compared
    QList<ListEntry> m_newest;
    State m_state = State::loading;
    Error m_error;
    bool m_isComplete = false;
    bool m_isPaging = false;
    bool m_isLoadingMissing = false;
    bool m_isReconciling = false;
    bool m_isFrozen = false;
    bool m_isAllChanged = false;
    bool m_hasWithdrawn = false; ///< rows may be of what may no longer be seen
    bool m_keepsMarks = false;   ///< what is on its way is the same set in another order
    bool m_hasPagingFailed = false;
    bool m_isRestUnmarked = false; ///< of what is marked; nothing while that is nothing
};

} // namespace Earshot
