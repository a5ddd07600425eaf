// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/messagelayout.h"

#include "model/textfind.h"
#include "ui/conversation/sentences.h"
#include "ui/shell/aheadsigns.h"
#include "ui/shell/appearance.h"
#include "ui/shell/wording.h"

#include <QCoreApplication>
#include <QStyle>
#include <QTextOption>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int margin = 12;                ///< around a card
constexpr int pad = 10;                   ///< inside it
constexpr int gap = 4;                    ///< between blocks
constexpr int step = 36;                  ///< by which ours stand aside
constexpr qsizetype shownAtFirst = 4'000; ///< characters shown at first
constexpr qsizetype further = 20'000;     ///< and each time that more is asked for: millions at once take seconds
constexpr int pictureWidth = 320;
constexpr int pictureHeight = 240;
constexpr int boxHeight = 40; ///< at least, of what is not shown as a picture

QString tr(const char *text)
{
    return QCoreApplication::translate("Earshot::MessageLayout", text);
}

int sideStep(const TimelineItem &item)
{
    const bool isReply = item.message && item.message->kind == MessageKind::reply;
    return isReply || item.isContext ? step : 0;
}

QTextLayout::FormatRange range(qsizetype start, qsizetype length, const QTextCharFormat &format)
{
    QTextLayout::FormatRange piece;
    piece.start = int(start);
    piece.length = int(length);
    piece.format = format;
    return piece;
}

} // namespace

MessageLayout::MessageLayout(const TimelineItem &item, const Unfolded &unfolded, const Look &look)
    : m_item(item)
    , m_look(look)
    , m_metrics(look.font)
{
    if (item.isFirstUnseen)
        m_markHeight = m_metrics.height() + pad;
    if (item.kind == TimelineItem::Kind::message)
        layOutMessage(*item.message, unfolded);
    else if (item.kind == TimelineItem::Kind::event)
        layOutEvent(item.text);
    else
        layOutFold(item);
}

int MessageLayout::estimate(const TimelineItem &item, const Look &look)
{
    const QFontMetrics metrics(look.font);
    if (item.kind != TimelineItem::Kind::message)
        return metrics.height() + 2 * pad;
    const MessageRecord &message = *item.message;
    const int width = std::max(60, look.width - 2 * (margin + pad) - step);
    const qsizetype length =
        message.contentWarning.isEmpty() ? std::min(shownAtFirst, message.text.size()) : message.contentWarning.size();
    const auto lines = qsizetype(length * metrics.averageCharWidth() / width) + 1 +
                       message.text.left(shownAtFirst).count(QLatin1Char('\n'));
    const bool hasFoot = message.delivery.has_value() || !message.olderTexts.isEmpty();
    return int(lines + 1 + (hasFoot ? 2 : 0)) * metrics.height() + 2 * pad + gap + margin +
           (message.media.isEmpty() ? 0 : pictureHeight) + (item.isFirstUnseen ? metrics.height() + pad : 0);
}

void MessageLayout::layOutMessage(const MessageRecord &message, const Unfolded &unfolded)
{
    const int aside = sideStep(m_item);
    const bool isRtl = m_look.direction == Qt::RightToLeft;
    const int left = margin + (isRtl ? 0 : aside);
    m_card = QRect(left, m_markHeight + margin / 2, std::max(80, m_look.width - 2 * margin - aside), 0);
    m_inner = m_card.adjusted(pad, pad, -pad, 0);
    m_y = m_inner.top();
    addHead(message);
    addBody(message, unfolded);
    addPictures(message);
    addFoot(message, unfolded);
    m_card.setBottom(m_y + pad - gap);
    m_height = m_card.bottom() + 1 + margin / 2;
}

void MessageLayout::layOutEvent(const QString &text)
{
    m_inner = QRect(margin + pad, pad / 2, std::max(80, m_look.width - 2 * (margin + pad)), 0);
    m_y = m_inner.top();
    addBlock(Role::event, text + QStringLiteral(" · ") + Sentences::moment(m_item.at, m_look.now));
    m_height = m_y + pad / 2;
}

void MessageLayout::layOutFold(const TimelineItem &item)
{
    m_inner = QRect(margin, pad / 2, std::max(80, m_look.width - 2 * margin), 0);
    m_y = m_inner.top();
    addButtons({{MessageAction::fold, item.text}});
    m_height = m_y + pad / 2;
}

std::pair<QString, QString> MessageLayout::headOf(const MessageRecord &message, const Look &look)
{
    const QString agent = Wording::isolated(message.agentName);
    const QString channel =
        Wording::isolated(look.channelIdentity.isEmpty() ? message.authorHandle : look.channelIdentity);
    QString who;
    QString rest;
    if (message.kind == MessageKind::note) {
        who = tr("Note");
        rest = QStringLiteral(" · ") + agent;
    } else if (message.kind == MessageKind::reply && !message.agent.isValid()) {
        who = tr("Answered on the network by %1").arg(channel);
    } else if (message.kind == MessageKind::reply) {
        who = tr("%1 as %2").arg(agent, channel);
    } else {
        who = Wording::isolated(message.authorName.isEmpty() ? message.authorHandle : message.authorName);
        if (!message.authorHandle.isEmpty() && message.authorHandle != message.authorName)
            rest = QStringLiteral("  ") + Wording::isolated(message.authorHandle);
    }
    rest += QStringLiteral("  ") + Sentences::moment(message.sortAt, look.now);
    if (message.visibility != Visibility::everyone && message.kind != MessageKind::note)
        rest += QStringLiteral(" · ") + Sentences::visibility(message.visibility);
    if (const QString edited = Sentences::edited(message); !edited.isEmpty())
        rest += QStringLiteral(" · ") + edited;
    return {who, rest};
}

void MessageLayout::addHead(const MessageRecord &message)
{
    QTextCharFormat bold;
    QFont heavy = m_look.font;
    heavy.setBold(true);
    bold.setFont(heavy);
    bold.setForeground(m_look.palette.color(QPalette::Text));
    const auto [who, rest] = headOf(message, m_look);
    addBlock(Role::head, who + rest, {range(0, who.size(), bold)});
    QStringList states;
    if (const QString state = Sentences::remoteState(message); !state.isEmpty())
        states.append(state);
    if (message.isLiked)
        states.append(tr("liked by us"));
    if (message.isBoosted)
        states.append(tr("boosted by us"));
    if (!m_item.text.isEmpty())
        states.append(m_item.text);
    if (!states.isEmpty())
        addBlock(Role::detail, states.join(QStringLiteral(" · ")));
    if (message.rating)
        addBlock(Role::detail, Sentences::rating(*message.rating));
}

void MessageLayout::addBody(const MessageRecord &message, const Unfolded &unfolded)
{
    if (!message.contentWarning.isEmpty()) {
        addBlock(Role::detail, tr("Content warning: %1").arg(Wording::isolated(message.contentWarning)));
        if (!unfolded.warning)
            return;
    }
    if (unfolded.older) {
        for (const QString &text : message.olderTexts)
            addBlock(Role::quiet, tr("Before the edit: %1").arg(text.left(shownAtFirst)));
    }
    const qsizetype shown = shownAtFirst + unfolded.more * further;
    if (!message.text.isEmpty())
        addBlock(Role::body, message.text.size() > shown ? message.text.left(shown) + QChar(0x2026) : message.text);
}

void MessageLayout::addPictures(const MessageRecord &message)
{
    for (const MediaRecord &media : message.media) {
        const bool isPicture = !media.hash.isEmpty() && media.type.startsWith(QLatin1StringView("image"));
        if (!isPicture) {
            addBox(media);
            continue;
        }
        QSize size(std::min(pictureWidth, m_inner.width()), pictureHeight / 2);
        if (media.width > 0 && media.height > 0) {
            size = QSize(media.width, media.height)
                       .scaled(std::min(pictureWidth, m_inner.width()), pictureHeight, Qt::KeepAspectRatio);
            // A picture smaller than its place is not blown up; one of extreme shape keeps a place to be seen in.
            size = size.boundedTo(QSize(std::max(48, media.width), std::max(48, media.height))).expandedTo({24, 24});
        }
        const QRect line(m_inner.left(), m_y, m_inner.width(), size.height());
        m_pictures.append({media, QStyle::visualRect(m_look.direction, line, QRect(line.topLeft(), size))});
        m_y += size.height() + gap;
        // That none was given is to be read as well, and to be copied.
        addBlock(Role::detail, Sentences::attachment(media));
        if (media.sentWidth > 0)
            addBlock(Role::detail, tr("Sent smaller: %1 × %2 pixels").arg(media.sentWidth).arg(media.sentHeight));
    }
}

void MessageLayout::addBox(const MediaRecord &media)
{
    const QRect inner = m_inner;
    const int top = m_y;
    const int width = std::min(pictureWidth, inner.width());
    const int left = m_look.direction == Qt::RightToLeft ? inner.right() + 1 - width : inner.left();
    m_inner = QRect(left + pad, inner.top(), std::max(40, width - 2 * pad), inner.height());
    m_y += pad;
    addBlock(Role::detail, Sentences::attachment(media));
    m_inner = inner;
    const int height = std::max(boxHeight, m_y - gap + pad - top);
    m_pictures.append({media, QRect(left, top, width, height)});
    m_y = top + height + gap;
    if (media.sentWidth > 0)
        addBlock(Role::detail, tr("Sent smaller: %1 × %2 pixels").arg(media.sentWidth).arg(media.sentHeight));
}

void MessageLayout::addFoot(const MessageRecord &message, const Unfolded &unfolded)
{
    if (message.delivery) {
        if (const QString text = Sentences::delivery(*message.delivery, m_look.now); !text.isEmpty())
            addBlock(Role::detail, text);
    } else if (isForecast(message.id)) {
        addBlock(Role::detail, AheadSigns::words());
    }
    QList<std::pair<MessageAction, QString>> buttons;
    if (!message.contentWarning.isEmpty())
        buttons.append({MessageAction::showText, unfolded.warning ? tr("Hide the text") : tr("Show the text")});
    if (!message.olderTexts.isEmpty())
        buttons.append({MessageAction::showOlder,
                        unfolded.older ? tr("Hide the text before the edit") : tr("Show the text before the edit")});
    if (const qsizetype rest = message.text.size() - shownAtFirst - unfolded.more * further; rest > 0)
        buttons.append({MessageAction::showMore, rest > further ? tr("Show more of it") : tr("Show all of it")});
    switch (message.delivery && m_look.canAct ? message.delivery->state : DeliveryState::none) {
    case DeliveryState::held:
    case DeliveryState::queued:
    case DeliveryState::awaitingApproval:
        buttons.append({MessageAction::undo, tr("Undo")});
        break;
    case DeliveryState::failed:
        buttons.append({MessageAction::retry, tr("Try again")});
        buttons.append({MessageAction::undo, tr("Take back")});
        break;
    case DeliveryState::unsure:
        buttons.append({MessageAction::arrived, tr("It arrived")});
        buttons.append({MessageAction::sendAgain, tr("Send again")});
        break;
    default:
        break;
    }
    addButtons(buttons);
}

QTextCharFormat MessageLayout::formatOf(Role role) const
{
    QTextCharFormat format;
    const bool isQuiet = role != Role::body || m_item.isContext;
    format.setForeground(isQuiet ? Appearance::quietText(m_look.palette) : m_look.palette.color(QPalette::Text));
    if (m_item.message && m_item.message->delivery && role == Role::detail) {
        const DeliveryState state = m_item.message->delivery->state;
        if (state == DeliveryState::failed || state == DeliveryState::unsure)
            format.setForeground(Appearance::warning(m_look.palette));
    }
    return format;
}

void MessageLayout::addBlock(Role role, const QString &text, const QList<QTextLayout::FormatRange> &formats)
{
    Block block;
    block.role = role;
    QString shown = text;
    shown.replace(QLatin1Char('\n'), QChar::LineSeparator);
    QList<QTextLayout::FormatRange> all = {range(0, shown.size(), formatOf(role))};
    all.append(formats);
    if (role == Role::body || role == Role::quiet) {
        block.links = findLinks(shown);
        QTextCharFormat link;
        link.setForeground(m_look.palette.color(QPalette::Link));
        link.setFontUnderline(true);
        for (const Link &found : std::as_const(block.links))
            all.append(range(found.start, found.length, link));
        QTextCharFormat mark;
        mark.setBackground(m_look.palette.color(QPalette::Highlight));
        mark.setForeground(m_look.palette.color(QPalette::HighlightedText));
        for (const QString &wanted : m_look.highlight) {
            for (const auto &[start, length] : findFolded(shown, wanted))
                all.append(range(start, length, mark));
        }
    }
    QFont font = m_look.font;
    if (role == Role::event && font.pointSizeF() > 8)
        font.setPointSizeF(font.pointSizeF() - 1);
    block.layout = std::make_unique<QTextLayout>(shown, font);
    QTextOption option(role == Role::event ? Qt::AlignHCenter : Qt::AlignLeading);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    // A message is aligned by its own writing; lines of ours by the window's.
    option.setTextDirection(role == Role::body || role == Role::quiet ? Qt::LayoutDirectionAuto : m_look.direction);
    block.layout->setTextOption(option);
    block.layout->setFormats(all);
    block.layout->setCacheEnabled(true);
    block.layout->beginLayout();
    qreal y = 0;
    for (QTextLine line = block.layout->createLine(); line.isValid(); line = block.layout->createLine()) {
        line.setLineWidth(m_inner.width());
        line.setPosition(QPointF(0, y));
        y += line.height();
    }
    block.layout->endLayout();
    block.place = QPointF(m_inner.left(), m_y);
    block.start = m_length;
    m_length += int(shown.size()) + 1;
    m_y += int(std::ceil(y)) + gap;
    m_blocks.push_back(std::move(block));
}

void MessageLayout::addButtons(const QList<std::pair<MessageAction, QString>> &buttons)
{
    if (buttons.isEmpty())
        return;
    const int height = m_metrics.height() + 10;
    const bool isRtl = m_look.direction == Qt::RightToLeft;
    int x = 0;
    m_y += gap;
    for (const auto &[action, text] : buttons) {
        const int width = std::min(m_inner.width(), m_metrics.horizontalAdvance(text) + m_metrics.height() + 26);
        if (x > 0 && x + width > m_inner.width()) {
            x = 0;
            m_y += height + gap;
        }
        const int left = isRtl ? m_inner.right() - x - width + 1 : m_inner.left() + x;
        m_buttons.append({action, text, QRect(left, m_y, width, height)});
        x += width + 2 * gap;
    }
    m_y += height + gap;
}

} // namespace Earshot
