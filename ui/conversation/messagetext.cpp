// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/messagelayout.h"

#include "ui/conversation/sentences.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace Earshot {

// What is read of a message: its texts in their order, words, links, places.

namespace {

/// The marks serve the drawing; what is copied is what was written.
QString withoutMarks(QString text)
{
    return text.remove(QChar(0x2068)).remove(QChar(0x2069));
}

} // namespace

QString MessageLayout::text(Range range) const
{
    QStringList parts;
    for (const Block &block : m_blocks) {
        const QString whole = block.layout->text();
        const int from = std::clamp(range.from - block.start, 0, int(whole.size()));
        const int to = std::clamp(range.to - block.start, 0, int(whole.size()));
        if (from < to)
            parts.append(whole.sliced(from, to - from).replace(QChar::LineSeparator, QLatin1Char('\n')));
    }
    return withoutMarks(parts.join(QLatin1Char('\n')));
}

QString MessageLayout::wholeText() const
{
    QStringList parts;
    for (const Block &block : m_blocks)
        parts.append(block.layout->text());
    return parts.join(QLatin1Char('\n')).replace(QChar::LineSeparator, QLatin1Char('\n'));
}

QString MessageLayout::head(const MessageRecord &message, const Look &look)
{
    const auto [who, rest] = headOf(message, look);
    return withoutMarks(who + rest);
}

QString MessageLayout::copied(const MessageRecord &message, const Look &look)
{
    QStringList lines{head(message, look), message.text};
    for (const MediaRecord &media : message.media)
        lines.append(withoutMarks(Sentences::attachment(media)));
    return lines.join(QLatin1Char('\n'));
}

MessageLayout::Range MessageLayout::headRange() const
{
    if (m_blocks.empty() || m_blocks.front().role != Role::head)
        return {};
    return {0, int(m_blocks.front().layout->text().size())};
}

const MessageLayout::Block *MessageLayout::blockAt(int position) const
{
    for (const Block &block : m_blocks) {
        if (position >= block.start && position <= block.start + block.layout->text().size())
            return &block;
    }
    return nullptr;
}

int MessageLayout::nextPosition(int at, bool isForward, bool isByWord) const
{
    const Block *block = blockAt(at);
    if (!block)
        return -1;
    const auto mode = isByWord ? QTextLayout::SkipWords : QTextLayout::SkipCharacters;
    const int here = at - block->start;
    const int next =
        isForward ? block->layout->nextCursorPosition(here, mode) : block->layout->previousCursorPosition(here, mode);
    if (next != here)
        return block->start + next;
    const auto index = block - m_blocks.data();
    if (isForward)
        return index + 1 < qsizetype(m_blocks.size()) ? m_blocks.at(size_t(index) + 1).start : -1;
    if (index == 0)
        return -1;
    const Block &before = m_blocks.at(size_t(index) - 1);
    return before.start + int(before.layout->text().size());
}

int MessageLayout::positionAt(QPoint point) const
{
    int best = 0;
    for (const Block &block : m_blocks) {
        if (point.y() < block.place.y() && block.start > 0)
            return best;
        for (int i = 0; i < block.layout->lineCount(); ++i) {
            const QTextLine line = block.layout->lineAt(i);
            if (point.y() >= block.place.y() + line.y())
                best = block.start + line.xToCursor(point.x() - block.place.x());
        }
    }
    return best;
}

MessageLayout::Range MessageLayout::wordAt(int position) const
{
    const Block *block = blockAt(position);
    if (!block || block->layout->text().isEmpty())
        return {position, position};
    const QString text = block->layout->text();
    int within = std::min(position - block->start, int(text.size()));
    // Behind a word's last letter that word is meant.
    const bool isBehind = within > 0 && (within == text.size() || !text.at(within).isLetterOrNumber());
    if (isBehind && text.at(within - 1).isLetterOrNumber())
        --within;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(within);
    const qsizetype from = finder.isAtBoundary() && within < text.size() ? within : finder.toPreviousBoundary();
    finder.setPosition(from);
    const qsizetype to = finder.toNextBoundary();
    return {block->start + int(std::max<qsizetype>(0, from)), block->start + int(to < 0 ? text.size() : to)};
}

MessageLayout::Range MessageLayout::paragraphAt(int position) const
{
    const Block *block = blockAt(position);
    if (!block)
        return {position, position};
    const QString text = block->layout->text();
    const int within = position - block->start;
    const qsizetype from = within > 0 ? text.lastIndexOf(QChar::LineSeparator, within - 1) + 1 : 0;
    const qsizetype to = text.indexOf(QChar::LineSeparator, within);
    return {block->start + int(from), block->start + int(to < 0 ? text.size() : to)};
}

QList<MessageLayout::Target> MessageLayout::links() const
{
    QList<Target> all;
    for (const Block &block : m_blocks) {
        for (const Link &link : block.links) {
            const int start = block.start + link.start;
            all.append({{start, start + link.length}, block.layout->text().mid(link.start, link.length), link.url});
        }
    }
    return all;
}

QList<QRect> MessageLayout::rectsOf(Range range) const
{
    QList<QRect> rects;
    for (const Block &block : m_blocks) {
        for (int i = 0; i < block.layout->lineCount(); ++i) {
            const QTextLine line = block.layout->lineAt(i);
            const int from = std::max(range.from - block.start, line.textStart());
            const int to = std::min(range.to - block.start, line.textStart() + line.textLength());
            if (from >= to)
                continue;
            const qreal one = line.cursorToX(from);
            const qreal other = line.cursorToX(to);
            rects.append(QRectF(block.place.x() + std::min(one, other), block.place.y() + line.y(),
                                std::abs(other - one), line.height())
                             .toAlignedRect());
        }
    }
    return rects;
}

const Link *MessageLayout::linkAt(QPoint point) const
{
    if (!isOnText(point))
        return nullptr;
    const int position = positionAt(point);
    for (const Block &block : m_blocks) {
        for (const Link &link : block.links) {
            const int start = block.start + link.start;
            if (position >= start && position <= start + link.length)
                return &link;
        }
    }
    return nullptr;
}

bool MessageLayout::isOnText(QPoint point) const
{
    return std::any_of(m_blocks.begin(), m_blocks.end(), [point](const Block &block) {
        for (int i = 0; i < block.layout->lineCount(); ++i) {
            if (block.layout->lineAt(i).naturalTextRect().translated(block.place).contains(point))
                return true;
        }
        return false;
    });
}

} // namespace Earshot
