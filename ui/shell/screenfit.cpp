// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/screenfit.h"

#include <QDialog>
#include <QEvent>
#include <QGridLayout>
#include <QMessageBox>
#include <QScreen>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

/// For the title and the frame that the desktop draws around a window.
constexpr QSize frame{4, 30};

QSize roomFor(const QDialog &dialog)
{
    return dialog.screen()->availableSize() - frame;
}

QSize neededBy(const QDialog &dialog)
{
    return dialog.layout() ? dialog.layout()->totalMinimumSize() : QSize();
}

bool mustScroll(const QDialog &dialog)
{
    const QSize room = roomFor(dialog);
    const QSize needed = neededBy(dialog);
    // A message box lays itself out anew at each showing, and is small.
    return (needed.width() > room.width() || needed.height() > room.height()) &&
           !qobject_cast<const QMessageBox *>(&dialog) && !dialog.findChild<QScrollArea *>(QStringLiteral("screenFit"));
}

/// Puts what the dialog holds into a page that scrolls.
void makeScroll(QDialog &dialog)
{
    auto *area = new QScrollArea(&dialog);
    area->setObjectName(QStringLiteral("screenFit"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget(area);
    QWidget *focused = dialog.focusWidget();
    page->setLayout(dialog.layout());
    area->setWidget(page);
    auto *whole = new QVBoxLayout(&dialog);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
    // Until then the dialog may not become smaller than it was to be.
    whole->activate();
    if (focused)
        focused->setFocus();
}

/// A question that is long is read in few lines, and its title is not cut: by itself it is as narrow as its first
/// sentence.
void widen(QMessageBox &box)
{
    constexpr int letters = 58;
    auto *grid = qobject_cast<QGridLayout *>(box.layout());
    if (!grid || box.informativeText().isEmpty())
        return;
    const int room = box.screen()->availableSize().width() - frame.width();
    const int width = std::min(box.fontMetrics().averageCharWidth() * letters, room);
    if (grid->totalMinimumSize().width() < width)
        grid->addItem(new QSpacerItem(width - 2 * grid->contentsMargins().left(), 0), grid->rowCount(), 0, 1,
                      grid->columnCount());
}

} // namespace

ScreenFit::ScreenFit(QObject *application)
    : QObject(application)
{
    application->installEventFilter(this);
}

bool ScreenFit::eventFilter(QObject *watched, QEvent *event)
{
    const bool isShown = event->type() == QEvent::Show;
    if ((isShown || event->type() == QEvent::LayoutRequest) && watched->isWidgetType()) {
        auto *dialog = qobject_cast<QDialog *>(watched);
        if (dialog && dialog->isWindow() && isShown)
            fit(*dialog);
        // More came into it since.
        else if (dialog && dialog->isVisible() && mustScroll(*dialog))
            QMetaObject::invokeMethod(
                dialog, [dialog] { fit(*dialog); }, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void ScreenFit::fit(QDialog &dialog)
{
    if (auto *box = qobject_cast<QMessageBox *>(&dialog))
        widen(*box);
    // Else it may not become smaller than with everything in it that was hidden since.
    if (QLayout *layout = dialog.layout()) {
        layout->invalidate();
        layout->activate();
    }
    const QSize room = roomFor(dialog);
    const QSize needed = neededBy(dialog);
    if (mustScroll(dialog)) {
        makeScroll(dialog);
        // With the bar beside it, it would have to be scrolled sideways too.
        const int bar = dialog.style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, &dialog);
        dialog.resize(std::max(dialog.width(), needed.width() + bar), dialog.height());
    }
    if (dialog.width() > room.width() || dialog.height() > room.height())
        dialog.resize(dialog.size().boundedTo(room));
}

} // namespace Earshot
