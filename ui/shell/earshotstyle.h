// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProxyStyle>

class QStyleOptionButton;

namespace Earshot {

/// The style's values that differ from the platform's: calm margins, one-pixel splitters. Draws edges by itself: in
/// high contrast, where shades cannot tell, a line around whatever can be pressed, typed into or opened; else around
/// whatever is typed into or chosen from, where Fusion's is too faint, and lit where the keyboard is. A wheel that is
/// turned over a choice or a number scrolls what they lie in: it changes them only where the keyboard is.
class EarshotStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    explicit EarshotStyle(QStyle *base = nullptr);
    void polish(QWidget *widget) override;
    void unpolish(QWidget *widget) override;
    using QProxyStyle::polish;
    using QProxyStyle::unpolish;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *data) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                         const QWidget *widget) const override;
    /// Those of message boxes are ours: Fusion's stand out in any palette.
    [[nodiscard]] QIcon standardIcon(StandardPixmap icon, const QStyleOption *option,
                                     const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Nothing else draws for the platform, which knows its own.
    [[nodiscard]] bool isFusion() const;
    /// Read from the right: Qt 6.4 puts the text of a button with a sign to the far edge.
    void drawMirroredLabel(const QStyleOptionButton &button, QPainter *painter) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    /// In high contrast: what tells parts of one thing apart.
    void drawLines(ControlElement element, const QStyleOption *option, QPainter *painter) const;
};

} // namespace Earshot
