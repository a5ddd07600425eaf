// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

#include <utility>

namespace Earshot {

/// Holds a page that is as tall as this area, and never lower than what it holds needs at that width: then it scrolls,
/// and follows the keyboard. For what must stay usable on very low screens without keeping its window from being low.
class LowArea final : public QScrollArea
{
    Q_OBJECT

public:
    explicit LowArea(QWidget *parent = nullptr);
    /// @param page has a layout
    void setPage(QWidget *page);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void follow();

    std::pair<QRect, QSize> m_followed; ///< what had the keyboard, in the page, and the room when it was scrolled to
};

} // namespace Earshot
