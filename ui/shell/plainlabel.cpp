// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/plainlabel.h"

#include "ui/shell/announcing.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/textline.h"

#include <QAccessibleWidget>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int wrapFlags = Qt::TextWordWrap | Qt::AlignTop;
constexpr int signSize = 16;
constexpr int signGap = 6;

/// To a screen reader it is a label like any other: not a frame, and its tooltip is no second text.
class LabelAccessible final : public QAccessibleWidget
{
public:
    explicit LabelAccessible(QWidget *label)
        : QAccessibleWidget(label, QAccessible::StaticText)
    {
    }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Description ? widget()->accessibleDescription() : QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface *makeAccessible(const QString &, QObject *object)
{
    auto *label = qobject_cast<PlainLabel *>(object);
    return label ? new LabelAccessible(label) : nullptr;
}

void installAccessible()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

} // namespace

PlainLabel::PlainLabel(QWidget *parent)
    : QFrame(parent)
{
    installAccessible();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

PlainLabel::PlainLabel(const QString &text, QWidget *parent)
    : PlainLabel(parent)
{
    setText(text);
}

void PlainLabel::setText(const QString &text)
{
    write(text, false);
}

void PlainLabel::setTrouble(const QString &sentence)
{
    write(sentence, true);
    show();
    announce(this, sentence);
}

void PlainLabel::write(const QString &text, bool isTrouble)
{
    if (m_text == text && m_isTrouble == isTrouble)
        return;
    m_text = text;
    m_isTrouble = isTrouble;
    setAccessibleName(text);
    setToolTip(m_isWrapping ? QString() : toolTipOf(text));
    updateGeometry();
    update();
}

void PlainLabel::setWrapping(bool isWrapping)
{
    m_isWrapping = isWrapping;
    QSizePolicy policy(QSizePolicy::Preferred, isWrapping ? QSizePolicy::MinimumExpanding : QSizePolicy::Fixed);
    policy.setHeightForWidth(isWrapping);
    setSizePolicy(policy);
    updateGeometry();
}

void PlainLabel::setBold(bool isBold)
{
    QFont changed = font();
    changed.setBold(isBold);
    setFont(changed);
}

void PlainLabel::setCentered(bool isCentered)
{
    m_isCentered = isCentered;
    update();
}

void PlainLabel::setQuiet(bool isQuiet)
{
    m_isQuiet = isQuiet;
    update();
}

QSize PlainLabel::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    if (m_isWrapping)
        return {metrics.averageCharWidth() * 44, heightForWidth(metrics.averageCharWidth() * 44)};
    const QMargins margins = contentsMargins();
    return QSize(metrics.horizontalAdvance(m_text) + 2 + signRoom(), metrics.height() + 1).grownBy(margins);
}

QSize PlainLabel::minimumSizeHint() const
{
    const QSize text(fontMetrics().averageCharWidth() * (m_isWrapping ? 12 : 4), fontMetrics().height() + 1);
    return (text + QSize(signRoom(), 0)).grownBy(contentsMargins());
}

int PlainLabel::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    const QRect room(0, 0, width - margins.left() - margins.right() - signRoom(), 100'000);
    const int text = fontMetrics().boundingRect(room, wrapFlags, m_text).height();
    return std::max(text, m_isTrouble ? signSize : 0) + margins.top() + margins.bottom();
}

int PlainLabel::signRoom() const
{
    return m_isTrouble ? signSize + signGap : 0;
}

QRect PlainLabel::textArea() const
{
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    return contentsRect().adjusted(isMirrored ? 0 : signRoom(), 0, isMirrored ? -signRoom() : 0, 0);
}

QString PlainLabel::toolTipOf(const QString &text)
{
    // A tooltip that begins with markup of ours shows everything else as text.
    return text.isEmpty() ? QString() : QStringLiteral("<qt>") + text.toHtmlEscaped() + QStringLiteral("</qt>");
}

void PlainLabel::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    const bool isQuiet = m_isQuiet && !m_isTrouble;
    painter.setPen(isQuiet ? Appearance::quietText(palette()) : palette().color(QPalette::WindowText));
    const QRect area = textArea();
    if (m_isTrouble) {
        const QRect whole = contentsRect();
        const int line = m_isWrapping ? std::max(fontMetrics().height(), signSize) : whole.height();
        const QRect sign(whole.left(), whole.top() + (line - signSize) / 2, signSize, signSize);
        Icons::paint(&painter, QStyle::visualRect(layoutDirection(), whole, sign), QStringLiteral("warning"),
                     Appearance::warning(palette()));
    }
    if (m_isWrapping) {
        const int atEdge = layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
        // Read in its own direction, and where the window's lines begin.
        painter.setLayoutDirection(m_text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
        painter.drawText(area, wrapFlags | (m_isCentered ? int(Qt::AlignHCenter) : atEdge | Qt::AlignAbsolute), m_text);
        return;
    }
    const Qt::AlignmentFlag side = m_isCentered                           ? Qt::AlignHCenter
                                   : layoutDirection() == Qt::RightToLeft ? Qt::AlignRight
                                                                          : Qt::AlignLeft;
    drawTextLine(painter, area, side, m_text);
}

void PlainLabel::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Copy"), this, [this] { QGuiApplication::clipboard()->setText(m_text); });
    menu->popup(event->globalPos());
}

void PlainLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QFrame::changeEvent(event);
}

} // namespace Earshot
