"""BLS signatures on BLS12-381 with the signature in G1 and the public key in G2: verification, and nothing else.

For verify.py, in plain integers: curves and pairing after draft-irtf-cfrg-pairing-friendly-curves, hashing to the
curve after RFC 9380 (suite BLS12381G1_XMD:SHA-256_SSWU_RO_). Nothing here is secret, so nothing runs in constant time.
"""
from __future__ import annotations

import hashlib
from typing import NamedTuple

P = 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB
R = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001  # order of G1 and G2
LOOP = 0xD201000000010000  # absolute value of the parameter x of the curve
COFACTOR = LOOP + 1  # RFC 9380 section 8.8.1, h_eff


def why_refused(public_key: bytes, message: bytes, signature: bytes, dst: bytes) -> str | None:
    """None where e(signature, generator of G2) = e(H(message), public key); otherwise the reason to refuse it."""
    signer, signed = decode(public_key, 2), decode(signature, 1)
    if signer is None:
        return "the public key is not the canonical encoding of a point on the curve"
    if signed is None:
        return "it is not the canonical encoding of a point on the curve"
    if multiply(R, signer) is not None:
        return "the public key is not in the right subgroup"
    if multiply(R, signed) is not None:
        return "it is not in the right subgroup"
    if encode(signed, 1) != signature or encode(signer, 2) != public_key:
        return "encoding it again gives other bytes"
    hashed = hash_to_g1(message, dst)
    if hashed is None or not pairings_cancel([(negate(signed), G2), (hashed, signer)]):
        return "the pairing does not hold: it signs another round, or another key signed it"
    return None


# Fp2: a + b u with u^2 = -1. Points of G1 use it too, with b = 0, so that one addition serves both curves.


class Fp2(NamedTuple):
    a: int
    b: int

    def __add__(self, other: Fp2) -> Fp2:
        return Fp2((self.a + other.a) % P, (self.b + other.b) % P)

    def __sub__(self, other: Fp2) -> Fp2:
        return Fp2((self.a - other.a) % P, (self.b - other.b) % P)

    def __mul__(self, other: Fp2) -> Fp2:
        return Fp2((self.a * other.a - self.b * other.b) % P, (self.a * other.b + self.b * other.a) % P)

    def __truediv__(self, other: Fp2) -> Fp2:
        inverse = pow(other.a * other.a + other.b * other.b, -1, P)
        return self * Fp2(other.a * inverse % P, -other.b * inverse % P)

    def root(self) -> Fp2 | None:
        """A square root, by the norm; None where there is none."""
        norm_root = sqrt(self.a * self.a + self.b * self.b)
        for half in ((self.a + norm_root) * HALF % P, (self.a - norm_root) * HALF % P):
            a = sqrt(half)
            b = self.b * pow(2 * a, -1, P) % P if a else sqrt(-self.a)
            if Fp2(a, b) * Fp2(a, b) == self:
                return Fp2(a, b)
        return None

    def is_larger(self) -> bool:
        """Whether it is above its negative, b first: the sign in a compressed point."""
        return (self.b or self.a) > P // 2


ZERO = Fp2(0, 0)
HALF = (P + 1) // 2
COEFFICIENT = {1: Fp2(4, 0), 2: Fp2(4, 4)}  # y^2 = x^3 + coefficient, on the curve of G1 and on that of G2


def sqrt(number: int) -> int:
    """A square root mod P, or any number where there is none."""
    return pow(number, (P + 1) // 4, P)


# Points: (x, y), or None for the point at infinity


class Point(NamedTuple):
    x: Fp2
    y: Fp2


G2 = Point(
    Fp2(
        0x024AA2B2F08F0A91260805272DC51051C6E47AD4FA403B02B4510B647AE3D1770BAC0326A805BBEFD48056C8C121BDB8,
        0x13E02B6052719F607DACD3A088274F65596BD0D09920B61AB5DA61BBDC7F5049334CF11213945D57E5AC7D055D042B7E,
    ),
    Fp2(
        0x0CE5D527727D6E118CC9CDC6DA2E351AADFD9BAA8CBDD3A76D429A695160D12C923AC9CC3BACA289E193548608B82801,
        0x0606C4A02EA734CC32ACD2B02BC28B99CB3E287E85A763AF267492AB572E99AB3F370D275CEC1DA1AAA9075FF05F79BE,
    ),
)


def slope(p: Point, q: Point) -> Fp2 | None:
    """Of the line through both, the tangent where they are equal; None where it is vertical."""
    if p.x != q.x:
        return (q.y - p.y) / (q.x - p.x)
    if p.y != q.y or p.y == ZERO:
        return None
    return Fp2(3, 0) * p.x * p.x / (p.y + p.y)


def add(p: Point | None, q: Point | None) -> Point | None:
    if p is None or q is None:
        return q if p is None else p
    line = slope(p, q)
    return None if line is None else third_point(p, q, line)


def third_point(p: Point, q: Point, line: Fp2) -> Point:
    x = line * line - p.x - q.x
    return Point(x, line * (p.x - x) - p.y)


def negate(p: Point) -> Point:
    return Point(p.x, ZERO - p.y)


def multiply(scalar: int, p: Point | None) -> Point | None:
    product = None
    for bit in bin(scalar)[2:]:
        product = add(product, product)
        if bit == "1":
            product = add(product, p)
    return product


def decode(encoded: bytes, degree: int) -> Point | None:
    """A compressed point of G1 (degree 1) or G2 (degree 2) on its curve. Infinity is refused: it signs nothing."""
    if len(encoded) != 48 * degree or encoded[0] & 0xC0 != 0x80:
        return None
    numbers = [int.from_bytes(encoded[at : at + 48], "big") for at in range(0, len(encoded), 48)]
    numbers[0] &= (1 << 381) - 1
    if any(number >= P for number in numbers):
        return None
    x = Fp2(numbers[-1], numbers[0] if degree == 2 else 0)
    y = (x * x * x + COEFFICIENT[degree]).root()
    if y is None or (degree == 1 and y.b != 0):
        return None
    return Point(x, y if y.is_larger() == bool(encoded[0] & 0x20) else ZERO - y)


def encode(p: Point, degree: int) -> bytes:
    flags = 0xA0 if p.y.is_larger() else 0x80
    number = (p.x.b << 384 | p.x.a) if degree == 2 else p.x.a
    return (number | flags << (384 * degree - 8)).to_bytes(48 * degree, "big")


# The optimal ate pairing. An element of Fp12 is the list of its 12 coefficients over powers of w, with
# w^12 = 2 w^6 - 2, so that u = w^6 - 1; the curve of G2 is carried to that of G1 by (x / w^2, y / w^3).


def pairings_cancel(pairs: list[tuple[Point, Point]]) -> bool:
    """Whether the product of the pairings of (G1, G2) is one. All points must be of order R."""
    product = miller_loop(pairs)
    # (P^12 - 1) / R = (P^6 - 1) * (P^6 + 1) / R, and raising to P^6 turns w into -w: what is left unchanged by that
    # has no odd powers of w. The sign of the curve's parameter would only invert the product.
    power = power12(product, (P**6 + 1) // R)
    return any(power) and not any(power[1::2])


def miller_loop(pairs: list[tuple[Point, Point]]) -> list[int]:
    product = [1] + [0] * 11
    running = [q for _, q in pairs]
    for bit in bin(LOOP)[3:]:
        product = multiply12(product, product)
        for step in "d" if bit == "0" else "da":
            for place, (p, q) in enumerate(pairs):
                other = running[place] if step == "d" else q
                tangent = slope(running[place], other)
                product = multiply12(line_at(p, running[place], tangent), product)
                running[place] = third_point(running[place], other, tangent)
    return product


def line_at(p: Point, through: Point, tangent: Fp2) -> list[int]:
    """The line through a point of G2, at p of G1, times w^3 (a factor that the final power turns into one)."""
    constant, square = tangent * through.x - through.y, tangent * Fp2(-p.x.a, 0)
    line = [0] * 12
    line[0], line[6] = constant.a - constant.b, constant.b
    line[2], line[8] = square.a - square.b, square.b
    line[3] = p.y.a
    return line


def multiply12(f: list[int], g: list[int]) -> list[int]:
    product = [0] * 23
    for i, x in enumerate(f):
        if x:
            for j, y in enumerate(g, i):
                product[j] += x * y
    for k in range(22, 11, -1):
        product[k - 6] += 2 * product[k]
        product[k - 12] -= 2 * product[k]
    return [coefficient % P for coefficient in product[:12]]


def power12(f: list[int], exponent: int) -> list[int]:
    power = f
    for bit in bin(exponent)[3:]:
        power = multiply12(power, power)
        if bit == "1":
            power = multiply12(power, f)
    return power


# Hashing to G1 (RFC 9380)


def hash_to_g1(message: bytes, dst: bytes) -> Point | None:
    """Section 3, hash_to_curve."""
    uniform = expand_message(message, dst, 128)
    halves = (int.from_bytes(uniform[:64], "big") % P, int.from_bytes(uniform[64:], "big") % P)
    return multiply(COFACTOR, add(*(isogeny(*map_to_isogenous_curve(half)) for half in halves)))


def expand_message(message: bytes, dst: bytes, length: int) -> bytes:
    """Section 5.3.1, expand_message_xmd with SHA-256."""
    suffix = dst + bytes([len(dst)])
    first = hashlib.sha256(bytes(64) + message + length.to_bytes(2, "big") + b"\0" + suffix).digest()
    blocks = [bytes(32)]
    for number in range(1, length // 32 + 1):
        mixed = bytes(x ^ y for x, y in zip(first, blocks[-1]))
        blocks.append(hashlib.sha256(mixed + bytes([number]) + suffix).digest())
    return b"".join(blocks[1:])


def map_to_isogenous_curve(u: int) -> tuple[int, int]:
    """Section 6.6.2, simplified SWU on y^2 = x^3 + A x + B."""
    z = 11 * u * u % P
    # The inverse of zero counts as zero.
    inverse = pow(z * z + z, P - 2, P)
    x = -ISOGENOUS_B * pow(ISOGENOUS_A, -1, P) * (1 + inverse) % P
    if inverse == 0:
        x = ISOGENOUS_B * pow(11 * ISOGENOUS_A, -1, P) % P
    for candidate in (x, z * x % P):
        square = (candidate**3 + ISOGENOUS_A * candidate + ISOGENOUS_B) % P
        y = sqrt(square)
        if y * y % P == square:
            break
    return candidate, y if y % 2 == u % 2 else -y % P


def isogeny(x: int, y: int) -> Point | None:
    """Appendix E.2, the 11-isogeny to the curve of G1; its few poles go to infinity."""
    x_numerator, x_denominator, y_numerator, y_denominator = (horner(side, x) for side in ISOGENY)
    if x_denominator == 0 or y_denominator == 0:
        return None
    mapped = Fp2(x_numerator * pow(x_denominator, -1, P) % P, 0)
    return Point(mapped, Fp2(y * y_numerator * pow(y_denominator, -1, P) % P, 0))


def horner(coefficients: tuple[int, ...], x: int) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * x + coefficient) % P
    return value


ISOGENOUS_A = 0x144698A3B8E9433D693A02C96D4982B0EA985383EE66A8D8E8981AEFD881AC98936F8DA0E0F97F5CF428082D584C1D
ISOGENOUS_B = 0x12E2908D11688030018B12E8753EEE3B2016C1F0F24F4070A0B9C14FCEF35EF55A23215A316CEAA5D1CC48E98E172BE0
# Lowest power first: numerator and denominator of x, then of y.
ISOGENY = (
    (
        0x11A05F2B1E833340B809101DD99815856B303E88A2D7005FF2627B56CDB4E2C85610C2D5F2E62D6EAEAC1662734649B7,
        0x17294ED3E943AB2F0588BAB22147A81C7C17E75B2F6A8417F565E33C70D1E86B4838F2A6F318C356E834EEF1B3CB83BB,
        0xD54005DB97678EC1D1048C5D10A9A1BCE032473295983E56878E501EC68E25C958C3E3D2A09729FE0179F9DAC9EDCB0,
        0x1778E7166FCC6DB74E0609D307E55412D7F5E4656A8DBF25F1B33289F1B330835336E25CE3107193C5B388641D9B6861,
        0xE99726A3199F4436642B4B3E4118E5499DB995A1257FB3F086EEB65982FAC18985A286F301E77C451154CE9AC8895D9,
        0x1630C3250D7313FF01D1201BF7A74AB5DB3CB17DD952799B9ED3AB9097E68F90A0870D2DCAE73D19CD13C1C66F652983,
        0xD6ED6553FE44D296A3726C38AE652BFB11586264F0F8CE19008E218F9C86B2A8DA25128C1052ECADDD7F225A139ED84,
        0x17B81E7701ABDBE2E8743884D1117E53356DE5AB275B4DB1A682C62EF0F2753339B7C8F8C8F475AF9CCB5618E3F0C88E,
        0x80D3CF1F9A78FC47B90B33563BE990DC43B756CE79F5574A2C596C928C5D1DE4FA295F296B74E956D71986A8497E317,
        0x169B1F8E1BCFA7C42E0C37515D138F22DD2ECB803A0C5C99676314BAF4BB1B7FA3190B2EDC0327797F241067BE390C9E,
        0x10321DA079CE07E272D8EC09D2565B0DFA7DCCDDE6787F96D50AF36003B14866F69B771F8C285DECCA67DF3F1605FB7B,
        0x6E08C248E260E70BD1E962381EDEE3D31D79D7E22C837BC23C0BF1BC24C6B68C24B1B80B64D391FA9C8BA2E8BA2D229,
    ),
    (
        0x8CA8D548CFF19AE18B2E62F4BD3FA6F01D5EF4BA35B48BA9C9588617FC8AC62B558D681BE343DF8993CF9FA40D21B1C,
        0x12561A5DEB559C4348B4711298E536367041E8CA0CF0800C0126C2588C48BF5713DAA8846CB026E9E5C8276EC82B3BFF,
        0xB2962FE57A3225E8137E629BFF2991F6F89416F5A718CD1FCA64E00B11ACEACD6A3D0967C94FEDCFCC239BA5CB83E19,
        0x3425581A58AE2FEC83AAFEF7C40EB545B08243F16B1655154CCA8ABC28D6FD04976D5243EECF5C4130DE8938DC62CD8,
        0x13A8E162022914A80A6F1D5F43E7A07DFFDFC759A12062BB8D6B44E833B306DA9BD29BA81F35781D539D395B3532A21E,
        0xE7355F8E4E667B955390F7F0506C6E9395735E9CE9CAD4D0A43BCEF24B8982F7400D24BC4228F11C02DF9A29F6304A5,
        0x772CAACF16936190F3E0C63E0596721570F5799AF53A1894E2E073062AEDE9CEA73B3538F0DE06CEC2574496EE84A3A,
        0x14A7AC2A9D64A8B230B3F5B074CF01996E7F63C21BCA68A81996E1CDF9822C580FA5B9489D11E2D311F7D99BBDCC5A5E,
        0xA10ECF6ADA54F825E920B3DAFC7A3CCE07F8D1D7161366B74100DA67F39883503826692ABBA43704776EC3A79A1D641,
        0x95FC13AB9E92AD4476D6E3EB3A56680F682B4EE96F7D03776DF533978F31C1593174E4B4B7865002D6384D168ECDD0A,
        0x1,
    ),
    (
        0x90D97C81BA24EE0259D1F094980DCFA11AD138E48A869522B52AF6C956543D3CD0C7AEE9B3BA3C2BE9845719707BB33,
        0x134996A104EE5811D51036D776FB46831223E96C254F383D0F906343EB67AD34D6C56711962FA8BFE097E75A2E41C696,
        0xCC786BAA966E66F4A384C86A3B49942552E2D658A31CE2C344BE4B91400DA7D26D521628B00523B8DFE240C72DE1F6,
        0x1F86376E8981C217898751AD8746757D42AA7B90EEB791C09E4A3EC03251CF9DE405ABA9EC61DECA6355C77B0E5F4CB,
        0x8CC03FDEFE0FF135CAF4FE2A21529C4195536FBE3CE50B879833FD221351ADC2EE7F8DC099040A841B6DAECF2E8FEDB,
        0x16603FCA40634B6A2211E11DB8F0A6A074A7D0D4AFADB7BD76505C3D3AD5544E203F6326C95A807299B23AB13633A5F0,
        0x4AB0B9BCFAC1BBCB2C977D027796B3CE75BB8CA2BE184CB5231413C4D634F3747A87AC2460F415EC961F8855FE9D6F2,
        0x987C8D5333AB86FDE9926BD2CA6C674170A05BFE3BDD81FFD038DA6C26C842642F64550FEDFE935A15E4CA31870FB29,
        0x9FC4018BD96684BE88C9E221E4DA1BB8F3ABD16679DC26C1E8B6E6A1F20CABE69D65201C78607A360370E577BDBA587,
        0xE1BBA7A1186BDB5223ABDE7ADA14A23C42A0CA7915AF6FE06985E7ED1E4D43B9B3F7055DD4EBA6F2BAFAAEBCA731C30,
        0x19713E47937CD1BE0DFD0B8F1D43FB93CD2FCBCB6CAF493FD1183E416389E61031BF3A5CCE3FBAFCE813711AD011C132,
        0x18B46A908F36F6DEB918C143FED2EDCC523559B8AAF0C2462E6BFE7F911F643249D9CDF41B44D606CE07C8A4D0074D8E,
        0xB182CAC101B9399D155096004F53F447AA7B12A3426B08EC02710E807B4633F06C851C1919211F20D4C04F00B971EF8,
        0x245A394AD1ECA9B72FC00AE7BE315DC757B3B080D4C158013E6632D3C40659CC6CF90AD1C232A6442D9D3F5DB980133,
        0x5C129645E44CF1102A159F748C4A3FC5E673D81D7E86568D9AB0F5D396A7CE46BA1049B6579AFB7866B1E715475224B,
        0x15E6BE4E990F03CE4EA50B3B42DF2EB5CB181D8F84965A3957ADD4FA95AF01B2B665027EFEC01C7704B456BE69C8B604,
    ),
    (
        0x16112C4C3A9C98B252181140FAD0EAE9601A6DE578980BE6EEC3232B5BE72E7A07F3688EF60C206D01479253B03663C1,
        0x1962D75C2381201E1A0CBD6C43C348B885C84FF731C4D59CA4A10356F453E01F78A4260763529E3532F6102C2E49A03D,
        0x58DF3306640DA276FAAAE7D6E8EB15778C4855551AE7F310C35A5DD279CD2ECA6757CD636F96F891E2538B53DBF67F2,
        0x16B7D288798E5395F20D23BF89EDB4D1D115C5DBDDBCD30E123DA489E726AF41727364F2C28297ADA8D26D98445F5416,
        0xBE0E079545F43E4B00CC912F8228DDCC6D19C9F0F69BBB0542EDA0FC9DEC916A20B15DC0FD2EDEDDA39142311A5001D,
        0x8D9E5297186DB2D9FB266EAAC783182B70152C65550D881C5ECD87B6F0F5A6449F38DB9DFA9CCE202C6477FAAF9B7AC,
        0x166007C08A99DB2FC3BA8734ACE9824B5EECFDFA8D0CF8EF5DD365BC400A0051D5FA9C01A58B1FB93D1A1399126A775C,
        0x16A3EF08BE3EA7EA03BCDDFABBA6FF6EE5A4375EFA1F4FD7FEB34FD206357132B920F5B00801DEE460EE415A15812ED9,
        0x1866C8ED336C61231A1BE54FD1D74CC4F9FB0CE4C6AF5920ABC5750C4BF39B4852CFE2F7BB9248836B233D9D55535D4A,
        0x167A55CDA70A6E1CEA820597D94A84903216F763E13D87BB5308592E7EA7D4FBC7385EA3D529B35E346EF48BB8913F55,
        0x4D2F259EEA405BD48F010A01AD2911D9C6DD039BB61A6290E591B36E636A5C871A5C29F4F83060400F8B49CBA8F6AA8,
        0xACCBB67481D033FF5852C1E48C50C477F94FF8AEFCE42D28C0F9A88CEA7913516F968986F7EBBEA9684B529E2561092,
        0xAD6B9514C767FE3C3613144B45F1496543346D98ADF02267D5CEEF9A00D9B8693000763E3B90AC11E99B138573345CC,
        0x2660400EB2E4F3B628BDD0D53CD76F2BF565B94E72927C1CB748DF27942480E420517BD8714CC80D1FADC1326ED06F7,
        0xE0FA1D816DDC03E6B24255E0D7819C171C40F65E273B853324EFCD6356CAA205CA2F570F13497804415473A1D634B8F,
        0x1,
    ),
)
