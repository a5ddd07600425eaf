// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/conversation/messagewidget.h"
#include "ui/conversation/pictureloader.h"

#include <QAbstractScrollArea>
#include <QTimer>

class QMenu;

namespace Earshot {

/// Shows a conversation's timeline. Only what is visible, and one screen above and below, has widgets and is laid out;
/// heights elsewhere are estimated and corrected while nothing else happens, and the item at the top edge stays where
/// it is whatever changes around it. Reads nothing itself: it is given content and asks for more by signals. Lives on
/// the GUI thread.
class TimelineView final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    /// @param mediaFolder where pictures lie by their hash
    TimelineView(const Clock &clock, const QString &mediaFolder, QWidget *parent = nullptr);

    /// Another conversation: opens at the first unseen message, else at the end. @param highlight as setHighlight()
    void open(const TimelineContent &content, const QStringList &highlight = {});
    /// Nothing of what was shown stays here, also out of sight.
    void forget();
    /// The same conversation, read again.
    void refresh(const TimelineContent &content);
    /// Those that were asked for could not be read.
    void askAgainForOlder();
    void addOlder(const QList<MessageRecord> &messages, bool hasOlder);
    void replace(const QList<MessageRecord> &messages);

    [[nodiscard]] const Timeline &timeline() const { return m_timeline; }
    /// The message that keys act on; null when none is.
    [[nodiscard]] const MessageRecord *current() const;
    /// Makes a message the current one and shows it. False when it is not here.
    bool showMessage(MessageId id);
    /// Marks these texts wherever they stand in messages; none = nothing.
    void setHighlight(const QStringList &texts);
    [[nodiscard]] const QStringList &highlight() const { return m_highlight; }
    /// Whoever may only read is offered nothing to be done with a delivery.
    void setCanAct(bool canAct);
    void scrollToEnd();
    [[nodiscard]] bool isAtEnd() const;
    /// The pointer is held beyond the edge.
    [[nodiscard]] bool isScrollingByPointer() const { return m_scroller.isActive(); }
    /// The messages on screen or near it.
    [[nodiscard]] QList<MessageId> shownMessages() const;
    /// The first item that is at least partly on screen, and how many pixels of it are above the edge.
    [[nodiscard]] std::pair<qint64, int> topItem() const;
    /// The widgets of which something is on screen, from top to bottom.
    [[nodiscard]] QList<MessageWidget *> shownWidgets() const;
    /// That of the current item; null when it is far away or none is current.
    [[nodiscard]] MessageWidget *currentWidget() const { return m_active.value(m_current); }
    [[nodiscard]] QString selectedText() const;
    void copy();
    /// Where the keyboard's link leads; empty when it is on none.
    [[nodiscard]] QUrl currentLink() const;
    /// Its place among the current message's links; -1 = it is on none.
    [[nodiscard]] int currentLinkIndex() const { return m_link.index; }
    /// Puts the keyboard on a link of a message that is on screen or near it.
    void focusLink(qint64 key, int index);
    /// Brings an item's text into sight.
    void reveal(qint64 key, MessageLayout::Range range);

    /// A picture that was missing lies in the media folder by now.
    void showArrived(const QString &hash) { m_pictures.retry(hash); }

Q_SIGNALS:
    void pictureMissing(const QString &hash);
    /// More messages before the first are wanted; once until they came by addOlder().
    void olderWanted();
    /// All that are before the first are wanted, at once.
    void allOlderWanted();
    void currentChanged();
    void linkActivated(const QUrl &url);
    /// A picture was clicked.
    void pictureActivated(const Earshot::MessageRecord &message, const QString &hash);
    void actionTriggered(const Earshot::MessageRecord &message, Earshot::MessageAction action);
    void answerWanted(const Earshot::MessageRecord &message);
    /// A message's menu is about to open; it is the current one. Others may add what they can do with it.
    void menuOpening(QMenu *menu);
    /// The end came into view or left it.
    void atEndChanged(bool isAtEnd);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool event(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    static constexpr int padding = 8; ///< above the first and below the last item
    struct Anchor
    {
        qint64 key = 0;
        int offset = 0; ///< from the item's top to the viewport's
    };
    /// A place in the text of an item.
    struct Place
    {
        qint64 key = 0;
        int at = 0;
        bool operator==(const Place &) const = default;
    };
    struct LinkPlace
    {
        qint64 key = 0;
        int index = -1;
    };
    void onPressed(QPoint place, int clicks, bool isExtending);
    void onDragged(QPoint place);
    void onReleased();
    void extendTo(QPoint place);
    void scrollWithPointer();
    [[nodiscard]] Place placeAt(QPoint place) const;
    [[nodiscard]] MessageLayout::Range unitAt(const Place &place) const;
    [[nodiscard]] bool isBefore(const Place &one, const Place &other) const;
    [[nodiscard]] QString textOf(qsizetype index, bool isOneOfSeveral) const;
    bool moveToLink(bool isForward);
    void leaveLink();
    [[nodiscard]] MessageLayout::Range linkOf(qint64 key) const;
    /// What of an item is selected.
    [[nodiscard]] MessageLayout::Range selectionOf(qsizetype index) const;
    void select(const Place &anchor, const Place &caret, bool hasCaret);
    void showSelection();
    bool moveCaret(bool isForward, bool isByWord, bool isSelecting);
    void extendByMessage(int by);
    void selectEverything();
    bool onTextKey(const QKeyEvent &event);
    [[nodiscard]] int lengthOf(qint64 key) const;
    [[nodiscard]] MessageLayout::Look look() const;
    [[nodiscard]] Anchor anchor() const;
    void estimateAll(bool keepsMeasured);
    void sumUp();
    bool measure(qsizetype index);
    void settle(const Anchor &anchor);
    void layOut(const Anchor &anchor);
    void placeWidgets();
    [[nodiscard]] MessageWidget *takeWidget();
    void connectWidget(MessageWidget *widget);
    /// Its message is out of sight.
    void release(MessageWidget *widget);
    [[nodiscard]] int margin() const;
    [[nodiscard]] qsizetype indexAt(int y) const;
    void afterChange(const Anchor &anchor);
    /// As all of it looks different now; the message at the top edge stays there.
    void layOutAnew();
    void measureInIdle();
    void tick();
    void askForOlder();
    void moveCurrent(int by);
    void moveByPage(int direction);
    void setCurrent(qint64 key);
    void ensureVisible(qsizetype index);
    void tellFocus();
    void onAction(qint64 key, MessageAction action);
    void onMenu(qint64 key, QPoint global, const QUrl &link = {});
    void forget(qint64 key);
    void tellAtEnd();
    [[nodiscard]] bool isCurrentShown() const;

    struct Measure
    {
        std::shared_ptr<const MessageRecord> message;
        QString text;
        int height = 0;
        bool isMeasured = false;
    };

    const Clock &m_clock;
    PictureLoader m_pictures;
    Timeline m_timeline;
    QHash<qint64, Measure> m_measures; ///< by key: survives that items move
    QHash<qint64, Unfolded> m_unfolded;
    QStringList m_highlight;
    bool m_canAct = true;
    QList<int> m_tops; ///< of each item, and the end
    QHash<qint64, std::shared_ptr<const MessageLayout>> m_layouts;
    QHash<qint64, MessageWidget *> m_active;
    QList<MessageWidget *> m_pool;
    QTimer m_idle;
    QTimer m_ticker;
    qsizetype m_idleNext = 0;
    qint64 m_current = 0;
    Place m_anchor;          ///< where the selection begins
    Place m_caret;           ///< where it ends: the keyboard's place in the text
    bool m_hasCaret = false; ///< it was moved by the keyboard and is drawn
    LinkPlace m_link;        ///< that the keyboard is on
    Place m_pressedFrom;     ///< the letter, word or paragraph on which the pointer went down
    Place m_pressedTo;
    int m_clicks = 1;          ///< it draws by letters, words (2) or paragraphs (3)
    QPoint m_pointer;          ///< where it was last, while it draws
    QTimer m_scroller;         ///< while it is beyond the edge
    bool m_isToBeSeen = false; ///< opened a moment ago: what is out of sight waits until the rest was painted
    bool m_isLayingOut = false;
    bool m_hasAsked = false;    ///< for older ones
    bool m_isAllWanted = false; ///< what is still to come is to be selected, too
    bool m_wasAtEnd = true;
};

} // namespace Earshot
