// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAccessibleWidget>

namespace Earshot {

class MessageWidget;
class TimelineView;

/// What assistive programs see of a timeline: a list whose children are the items on screen, in their order. The pool's
/// spare widgets do not show.
class TimelineAccessible final : public QAccessibleWidget
{
public:
    /// Makes Qt use it, and MessageAccessible, for every timeline. Again does nothing.
    static void install();

    explicit TimelineAccessible(TimelineView *view);
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessibleInterface *focusChild() const override;

private:
    [[nodiscard]] TimelineView *view() const;
};

/// One item of a timeline: its name is who, when and what; its text can be read by character, word and line.
class MessageAccessible final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit MessageAccessible(MessageWidget *widget);

    [[nodiscard]] QAccessibleInterface *parent() const override;
    [[nodiscard]] QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    void selection(int index, int *start, int *end) const override;
    [[nodiscard]] int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    [[nodiscard]] int cursorPosition() const override;
    void setCursorPosition(int) override {}
    [[nodiscard]] QString text(int start, int end) const override;
    [[nodiscard]] QString text(QAccessible::Text kind) const override { return QAccessibleWidget::text(kind); }
    [[nodiscard]] int characterCount() const override;
    [[nodiscard]] QRect characterRect(int) const override { return {}; }
    [[nodiscard]] int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int, int) override {}
    [[nodiscard]] QString attributes(int offset, int *start, int *end) const override;

private:
    [[nodiscard]] MessageWidget *message() const;
};

} // namespace Earshot
