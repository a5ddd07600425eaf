// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/earshotstyle.h"

#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"

#include <QAbstractScrollArea>
#include <QEvent>
#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int menuArrow = 8; ///< px, with as much air before it as behind
constexpr int menuRoom = 14;
constexpr int buttonMenuRoom = 8; ///< more than Fusion has for the arrow of a push button
constexpr int rowRoom = 6;        ///< more than the text of a list's row is high
constexpr int buttonAir = 14;     ///< px at either side of the words of a push button, with its edge
constexpr int buttonHeightRoom = 4;

/// Whether a press opens its menu: an arrow tells so.
bool opensMenu(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    return button && button->features & QStyleOptionToolButton::HasMenu &&
           !(button->features & QStyleOptionToolButton::MenuButtonPopup);
}

/// A line around what is drawn, where shades cannot tell.
void outline(const QStyleOption *option, QPainter *painter, bool isLit)
{
    painter->save();
    painter->setBrush(Qt::NoBrush);
    painter->setPen(option->palette.color(option->state & QStyle::State_Enabled ? QPalette::Active : QPalette::Disabled,
                                          isLit ? QPalette::Highlight : QPalette::WindowText));
    painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    painter->restore();
}

/// A line in the colour of lines, where Fusion's shades cannot tell.
void rule(const QStyleOption *option, const QRect &rect, QPainter *painter)
{
    painter->fillRect(rect, Appearance::line(option->palette));
}

/// Where Fusion has its own edge of a field, which is a shade of the window's colour.
void edgeField(const QStyleOption *option, const QRect &rect, QPainter *painter)
{
    if (!(option->state & QStyle::State_Enabled) || Appearance::isHighContrast(option->palette))
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(option->state & QStyle::State_HasFocus ? Appearance::accent(option->palette)
                                                           : Appearance::fieldEdge(option->palette));
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter->restore();
}

/// Fusion's handle is as dark as dark paper, and in the light brighter than what it runs in.
void fillHandle(const QRect &handle, const QStyleOptionComplex *option, QPainter *painter)
{
    const bool isHighContrast = Appearance::isHighContrast(option->palette);
    const bool isHeld = option->activeSubControls & QStyle::SC_ScrollBarSlider &&
                        option->state & (QStyle::State_Sunken | QStyle::State_MouseOver);
    const int space = std::min(handle.width(), handle.height()) / 4;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(isHighContrast ? option->palette.color(QPalette::WindowText)
                      : isHeld       ? Appearance::quietText(option->palette)
                                     : Appearance::fieldEdge(option->palette));
    painter->drawRoundedRect(handle.adjusted(space, space, -space, -space), 3, 3);
    painter->restore();
}

bool isText(const QWidget &widget)
{
    return widget.inherits("QPlainTextEdit") || widget.inherits("QTextEdit");
}

QWidget &viewportOf(QWidget &text)
{
    return *static_cast<QAbstractScrollArea &>(text).viewport();
}

/// What can only be read lies on the window's colour: on a field's it would invite to write.
void showWhetherWritten(QWidget &text)
{
    viewportOf(text).setBackgroundRole(text.property("readOnly").toBool() ? QPalette::Window : QPalette::Base);
}

/// What Qt changes under a wheel that is turned to read on.
bool takesWheel(const QWidget &widget)
{
    return widget.inherits("QComboBox") || widget.inherits("QAbstractSpinBox");
}

} // namespace

EarshotStyle::EarshotStyle(QStyle *base)
    : QProxyStyle(base)
{
}

bool EarshotStyle::isFusion() const
{
    return baseStyle()->name() == QLatin1StringView("fusion");
}

void EarshotStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (isText(*widget)) {
        widget->installEventFilter(this);
        showWhetherWritten(*widget);
    }
    if (takesWheel(*widget)) {
        widget->installEventFilter(this);
        // Else the wheel would bring the focus first.
        if (widget->focusPolicy() == Qt::WheelFocus)
            widget->setFocusPolicy(Qt::StrongFocus);
    }
}

void EarshotStyle::unpolish(QWidget *widget)
{
    if (takesWheel(*widget))
        widget->removeEventFilter(this);
    if (isText(*widget)) {
        widget->removeEventFilter(this);
        viewportOf(*widget).setBackgroundRole(QPalette::Base);
    }
    QProxyStyle::unpolish(widget);
}

bool EarshotStyle::eventFilter(QObject *watched, QEvent *event)
{
    const auto &widget = *static_cast<QWidget *>(watched);
    if (event->type() == QEvent::ReadOnlyChange && isText(widget))
        showWhetherWritten(*static_cast<QWidget *>(watched));
    if (event->type() == QEvent::Wheel && takesWheel(widget) && !widget.hasFocus()) {
        // For what it lies in.
        event->ignore();
        return true;
    }
    return QProxyStyle::eventFilter(watched, event);
}

int EarshotStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
        return 1;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return 12;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int EarshotStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                            QStyleHintReturn *data) const
{
    // Beside buttons of ours, which have none.
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    // Higher than the screen, it would have columns, the last one of them beyond its edge.
    return hint == SH_Menu_Scrollable ? 1 : QProxyStyle::styleHint(hint, option, widget, data);
}

QSize EarshotStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                     const QWidget *widget) const
{
    const QSize usual = QProxyStyle::sizeFromContents(type, option, size, widget);
    // Qt measures by whole pixels and elides by fractions of them: without some room a row with signs of two fonts (an
    // isolation mark is one) loses its second line.
    if (type == CT_ItemViewItem)
        return usual + QSize(0, rowRoom);
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (type == CT_PushButton && button && isFusion()) {
        const QSize airy(std::max(usual.width(), size.width() + 2 * buttonAir), usual.height() + buttonHeightRoom);
        return button->features & QStyleOptionButton::HasMenu ? airy + QSize(buttonMenuRoom, 0) : airy;
    }
    return type == CT_ToolButton && opensMenu(option) ? usual + QSize(menuRoom, 0) : usual;
}

QIcon EarshotStyle::standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const
{
    switch (icon) {
    case SP_MessageBoxQuestion:
        return Icons::icon(QStringLiteral("question"));
    case SP_MessageBoxInformation:
        return Icons::icon(QStringLiteral("information"));
    case SP_MessageBoxWarning:
    case SP_MessageBoxCritical:
        return Icons::icon(QStringLiteral("warning"));
    default:
        return QProxyStyle::standardIcon(icon, option, widget);
    }
}

void EarshotStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const
{
    // Fusion squeezes it into the corner, below the text.
    if (element == PE_IndicatorArrowDown && opensMenu(option)) {
        QStyleOption arrow(*option);
        const QRect whole = widget ? widget->rect() : option->rect;
        const QRect place(whole.right() - menuRoom + (menuRoom - menuArrow) / 2, whole.center().y() - menuArrow / 2 + 1,
                          menuArrow, menuArrow);
        arrow.rect = visualRect(option->direction, whole, place);
        QProxyStyle::drawPrimitive(element, &arrow, painter, widget);
        return;
    }
    if (element == PE_PanelLineEdit && option->state & State_ReadOnly) {
        // As for a text of several lines.
        auto field = *qstyleoption_cast<const QStyleOptionFrame *>(option);
        field.palette.setColor(QPalette::Base, option->palette.color(QPalette::Window));
        QProxyStyle::drawPrimitive(element, &field, painter, widget);
    } else {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
    const bool isOutlined = element == PE_PanelButtonCommand || element == PE_PanelButtonTool ||
                            element == PE_FrameLineEdit || element == PE_PanelMenu || element == PE_Frame ||
                            element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    const bool isBox = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    // On dark paper Fusion's frame of an empty box is darker still: it could not be seen.
    if (isBox && Appearance::isDark(option->palette) && !Appearance::isHighContrast(option->palette)) {
        painter->save();
        painter->setBrush(Qt::NoBrush);
        painter->setPen(Appearance::quietText(option->palette));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
    }
    const bool isArea = element == PE_Frame && qobject_cast<const QAbstractScrollArea *>(widget);
    if (element == PE_FrameLineEdit || isArea)
        edgeField(option, option->rect, painter);
    if (!isOutlined || !Appearance::isHighContrast(option->palette))
        return;
    const bool isLit = option->state & (State_HasFocus | State_On) || element == PE_PanelMenu;
    outline(option, painter, isLit);
}

void EarshotStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                      const QWidget *widget) const
{
    if (control == CC_ScrollBar && isFusion()) {
        drawScrollBar(option, painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    // Fusion draws their frame from shades of one colour.
    if (control == CC_SpinBox && Appearance::isHighContrast(option->palette))
        outline(option, painter, option->state & State_HasFocus);
    else if (control == CC_SpinBox)
        edgeField(option, option->rect.adjusted(0, 1, 0, -1), painter);
}

/// A handle that stands out from what it runs in; the rest is Fusion's.
void EarshotStyle::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    painter->fillRect(option->rect, option->palette.color(QPalette::Window));
    QStyleOptionSlider ends = *qstyleoption_cast<const QStyleOptionSlider *>(option);
    ends.subControls &= ~(SC_ScrollBarGroove | SC_ScrollBarSlider | SC_ScrollBarAddPage | SC_ScrollBarSubPage);
    QProxyStyle::drawComplexControl(CC_ScrollBar, &ends, painter, widget);
    const bool isHighContrast = Appearance::isHighContrast(option->palette);
    painter->save();
    painter->setBrush(Qt::NoBrush);
    painter->setPen(isHighContrast ? option->palette.color(QPalette::WindowText) : Appearance::line(option->palette));
    const bool isUpright = !(option->state & State_Horizontal);
    if (isHighContrast)
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    else if (isUpright && option->direction == Qt::RightToLeft)
        painter->drawLine(option->rect.topRight(), option->rect.bottomRight());
    else
        painter->drawLine(option->rect.topLeft(), isUpright ? option->rect.bottomLeft() : option->rect.topRight());
    painter->restore();
    if (option->state & State_Enabled)
        fillHandle(proxy()->subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget), option, painter);
}

void EarshotStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    if (element == CE_ToolButtonLabel && opensMenu(option)) {
        auto label = *qstyleoption_cast<const QStyleOptionToolButton *>(option);
        const QRect place = label.rect.adjusted(0, 0, -menuRoom, 0);
        label.rect = visualRect(label.direction, label.rect, place);
        QProxyStyle::drawControl(element, &label, painter, widget);
        return;
    }
    if (element == CE_Splitter) {
        rule(option, option->rect, painter);
        return;
    }
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (element == CE_PushButtonLabel && button && option->direction == Qt::RightToLeft && !button->icon.isNull() &&
        !button->text.isEmpty()) {
        drawMirroredLabel(*button, painter);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
    if (Appearance::isHighContrast(option->palette))
        drawLines(element, option, painter);
}

void EarshotStyle::drawMirroredLabel(const QStyleOptionButton &button, QPainter *painter) const
{
    constexpr int gap = 4;
    constexpr int edge = 3;
    constexpr int flags = Qt::AlignVCenter | Qt::AlignHCenter | Qt::TextShowMnemonic;
    const bool isEnabled = button.state & State_Enabled;
    // Within the frame, also where there is not room for all.
    const QRect rect = button.rect.adjusted(edge, 0, -edge, 0);
    const int room = std::max(0, rect.width() - gap - button.iconSize.width());
    const int textWidth = std::min(button.fontMetrics.size(Qt::TextShowMnemonic, button.text).width(), room);
    const int whole = textWidth + gap + button.iconSize.width();
    const int left = rect.left() + std::max(0, (rect.width() - whole) / 2);
    const QRect text(left, rect.top(), textWidth, rect.height());
    const QString words = button.fontMetrics.elidedText(button.text, Qt::ElideRight, textWidth, Qt::TextShowMnemonic);
    const QRect sign(text.right() + 1 + gap, rect.center().y() - button.iconSize.height() / 2 + 1,
                     button.iconSize.width(), button.iconSize.height());
    button.icon.paint(painter, sign, Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
    proxy()->drawItemText(painter, text, flags, button.palette, isEnabled, words, QPalette::ButtonText);
}

void EarshotStyle::drawLines(ControlElement element, const QStyleOption *option, QPainter *painter) const
{
    const QRect &rect = option->rect;
    const auto *entry = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (element == CE_ProgressBarGroove)
        outline(option, painter, false);
    else if (element == CE_MenuItem && entry && entry->menuItemType == QStyleOptionMenuItem::Separator)
        rule(option, QRect(rect.left() + 5, rect.center().y(), rect.width() - 10, 1), painter);
    else if (element == CE_HeaderSection || element == CE_HeaderEmptyArea)
        rule(option, QRect(rect.left(), rect.bottom(), rect.width(), 1), painter);
}

} // namespace Earshot
