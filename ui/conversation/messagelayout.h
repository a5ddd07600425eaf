// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/conversation/links.h"
#include "ui/conversation/timeline.h"

#include <QFont>
#include <QFontMetrics>
#include <QPalette>
#include <QRect>
#include <QTextLayout>

#include <functional>
#include <memory>
#include <vector>

class QPainter;

namespace Earshot {

/// What a person can do on one item of the timeline.
enum class MessageAction { undo, retry, arrived, sendAgain, showText, showOlder, showMore, fold };

/// Which parts of an item are folded out.
struct Unfolded
{
    bool warning = false; ///< the text behind a content warning
    bool older = false;   ///< what edits replaced
    int more = 0;         ///< how many further pieces of a very long text
    bool operator==(const Unfolded &) const = default;
};

/// The drawing of one item of the timeline at a width: its text laid out, its pictures' and buttons' places. Knows no
/// widget; made on the GUI thread and thrown away when anything in it changes.
class MessageLayout final
{
public:
    struct Look
    {
        QFont font;
        QPalette palette;
        int width = 0;
        Time now;
        QString channelIdentity; ///< as whom we speak
        Qt::LayoutDirection direction = Qt::LeftToRight;
        QStringList highlight; ///< texts to be marked in what people wrote
        bool canAct = true;    ///< else nothing is offered that would be refused
    };
    struct Button
    {
        MessageAction action = MessageAction::undo;
        QString text;
        QRect rect;
    };
    struct Picture
    {
        MediaRecord media;
        QRect rect;
    };
    /// A range of the item's whole text.
    struct Range
    {
        int from = 0;
        int to = 0;
        [[nodiscard]] bool isEmpty() const { return from >= to; }
        bool operator==(const Range &) const = default;
    };
    /// An address that can be gone to.
    struct Target
    {
        Range range;
        QString text; ///< as it is written
        QUrl url;
    };
    /// Gives a picture for its hash, null while it is not there.
    using Pictures = std::function<QPixmap(const MediaRecord &media, QSize size)>;

    MessageLayout(const TimelineItem &item, const Unfolded &unfolded, const Look &look);

    /// Without laying anything out: for items that are far away.
    [[nodiscard]] static int estimate(const TimelineItem &item, const Look &look);

    [[nodiscard]] int height() const { return m_height; }
    [[nodiscard]] const QList<Button> &buttons() const { return m_buttons; }
    [[nodiscard]] const QList<Picture> &pictures() const { return m_pictures; }
    /// Everything that can be selected, in the order in which it is read.
    [[nodiscard]] QString text(Range range) const;
    [[nodiscard]] int length() const { return m_length; }
    /// All of it, with the marks around names: its positions are those of ranges.
    [[nodiscard]] QString wholeText() const;
    /// Who wrote it and when, as it stands above a message.
    [[nodiscard]] static QString head(const MessageRecord &message, const Look &look);
    /// A whole message as it is copied, without laying it out: its head, its text, its attachments.
    [[nodiscard]] static QString copied(const MessageRecord &message, const Look &look);
    /// The part of the text that head() is; empty where there is none.
    [[nodiscard]] Range headRange() const;
    /// The nearest position in the text.
    [[nodiscard]] int positionAt(QPoint point) const;
    [[nodiscard]] Range wordAt(int position) const;
    /// From one line break of the writer's to the next.
    [[nodiscard]] Range paragraphAt(int position) const;
    /// In the order in which they are read.
    [[nodiscard]] QList<Target> links() const;
    /// Where a part of the text is drawn: one rectangle a line.
    [[nodiscard]] QList<QRect> rectsOf(Range range) const;
    [[nodiscard]] const Link *linkAt(QPoint point) const;
    [[nodiscard]] bool isOnText(QPoint point) const;
    /// Where a caret goes from `at` by one letter or word: through all its texts in their order; -1 = out of it.
    [[nodiscard]] int nextPosition(int at, bool isForward, bool isByWord) const;
    /// @param caret where it is drawn; -1 = nowhere
    void paint(QPainter &painter, Range selection, bool isCurrent, const Pictures &pictures, int caret = -1) const;
    /// A frame around the link on which the keyboard is.
    void paintFrame(QPainter &painter, Range link) const;

private:
    enum class Role { head, detail, body, quiet, event };
    struct Block
    {
        std::unique_ptr<QTextLayout> layout;
        QPointF place;
        int start = 0; ///< in the whole text
        QList<Link> links;
        Role role = Role::body;
    };

    /// Who wrote it, and what else stands on that line.
    [[nodiscard]] static std::pair<QString, QString> headOf(const MessageRecord &message, const Look &look);
    /// The text that a position belongs to; null where there is none.
    [[nodiscard]] const Block *blockAt(int position) const;
    void layOutMessage(const MessageRecord &message, const Unfolded &unfolded);
    void layOutEvent(const QString &text);
    void layOutFold(const TimelineItem &item);
    void addHead(const MessageRecord &message);
    void addBody(const MessageRecord &message, const Unfolded &unfolded);
    void addPictures(const MessageRecord &message);
    /// One that is not shown as a picture: its words, in a frame.
    void addBox(const MediaRecord &media);
    void addFoot(const MessageRecord &message, const Unfolded &unfolded);
    void addBlock(Role role, const QString &text, const QList<QTextLayout::FormatRange> &formats = {});
    void addButtons(const QList<std::pair<MessageAction, QString>> &buttons);
    [[nodiscard]] QTextCharFormat formatOf(Role role) const;
    void paintCard(QPainter &painter, bool isCurrent) const;
    void paintPicture(QPainter &painter, const Picture &picture, const Pictures &pictures) const;

    TimelineItem m_item;
    Look m_look;
    QFontMetrics m_metrics;
    std::vector<Block> m_blocks;
    QList<Button> m_buttons;
    QList<Picture> m_pictures;
    QRect m_card;
    QRect m_inner; ///< where text goes
    int m_y = 0;
    int m_height = 0;
    int m_length = 0;
    int m_markHeight = 0; ///< of the line "new" above
};

} // namespace Earshot
